package dev.puck.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

class EmbeddedRedisIT {
  @TempDir private Path directory;

  @Test
  void shouldKeepDataAndPortOverStopAndKill() {
    try (EmbeddedRedis redis = EmbeddedRedis.startIn(directory, ServerConfig.defaults())) {
      // Given
      int port = redis.port();
      set(redis, "stopped", "1");

      // When
      redis.restart();
      set(redis, "killed", "2");
      long processId = redis.processId();
      redis.kill();

      // Then
      assertThat(redis.isRunning()).isFalse();
      assertThat(ProcessState.isGone(processId)).isTrue();
      redis.start();
      assertThat(redis.port()).isEqualTo(port);
      assertThat(get(redis, "stopped")).isEqualTo("1");
      assertThat(get(redis, "killed")).isEqualTo("2");
    }
  }

  @Test
  void shouldTakeSettings() {
    // Given
    ServerConfig config = ServerConfig.defaults().withSetting("maxmemory", "16mb");

    // When
    try (EmbeddedRedis redis = EmbeddedRedis.startIn(directory, config);
        Jedis client = new Jedis(redis.host(), redis.port())) {
      // Then
      assertThat(client.configGet("maxmemory")).containsEntry("maxmemory", "16777216");
      assertThat(client.configGet("bind")).containsEntry("bind", "127.0.0.1");
    }
  }

  private static void set(EmbeddedRedis redis, String key, String value) {
    try (Jedis client = new Jedis(redis.host(), redis.port())) {
      client.set(key, value);
    }
  }

  private static String get(EmbeddedRedis redis, String key) {
    try (Jedis client = new Jedis(redis.host(), redis.port())) {
      return client.get(key);
    }
  }
}
