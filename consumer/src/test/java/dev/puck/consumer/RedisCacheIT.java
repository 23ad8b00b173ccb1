package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.consumer.cache.CacheEntry;
import dev.puck.embedded.EmbeddedRedis;
import dev.puck.embedded.ServerConfig;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;
import redis.clients.jedis.Jedis;

@ExtendWith(PuckExtension.class)
class RedisCacheIT {
  @TempDir private Path directory;

  private Playground playground;
  private EmbeddedRedis redis;
  private String cache;

  @BeforeEach
  void open(TestEnvironment environment) throws Exception {
    playground = new Playground(environment, 4);
    cache = environment.name();
    redis = EmbeddedRedis.startIn(directory, ServerConfig.defaults());
  }

  @AfterEach
  void close() throws Exception {
    redis.stop();
    playground.close();
  }

  @Test
  void shouldBeFilledByTwoProcessesThatComeAndGo() throws Exception {
    // Given
    try (Projector stays = playground.startRedisCache(redis.url())) {
      try (Load load = new Load()) {
        // When
        for (int i = 0; i < 3; i++) {
          try (Projector comesAndGoes = playground.startRedisCache(redis.url())) {
            long before = load.rounds;
            Playground.awaitReady(comesAndGoes);
            await().atMost(Playground.PATIENCE).until(() -> load.rounds > before + 3);
          }
        }
      }

      // Then
      awaitExact(stays);
      assertThat(flushes(stays)).isZero();
    }
  }

  @Test
  void shouldGoOnWhereItWasAfterARestart() throws Exception {
    // Given
    playground.sendLatest(5_000);
    try (Projector first = playground.startRedisCache(redis.url())) {
      awaitExact(first);
    }

    // When
    playground.sendLatest(100);
    try (Projector second = playground.startRedisCache(redis.url())) {
      // Then
      awaitExact(second);
      assertThat(second.status().projections().get(0).events()).isBetween(1L, 100L);
    }
  }

  @Test
  void shouldRecoverWhenRedisIsKilledUnderLoad() throws Exception {
    try (Projector one = playground.startRedisCache(redis.url());
        Projector other = playground.startRedisCache(redis.url())) {
      try (Load load = new Load()) {
        for (int i = 0; i < 3; i++) {
          // Given
          long before = load.rounds;
          await().atMost(Playground.PATIENCE).until(() -> load.rounds > before + 5);

          // When
          redis.kill();
          await()
              .atMost(Playground.PATIENCE)
              .until(() -> one.status().projections().get(0).state().equals("degraded"));
          HttpResponse<String> answer = Playground.get(one, "/caches/" + cache + "/k1");
          assertThat(answer.statusCode()).isEqualTo(503);
          assertThat(answer.body()).contains("Redis at 127.0.0.1");
          redis.start();
          Playground.awaitReady(one);
        }
      }

      // Then
      awaitExact(one);
      awaitExact(other);
      assertThat(flushes(one) + flushes(other)).isZero();
    }
  }

  @Test
  void shouldNoticeAFlushUnderLoadAndReadAgain() throws Exception {
    try (Projector one = playground.startRedisCache(redis.url());
        Projector other = playground.startRedisCache(redis.url())) {
      // A process that has not seen the cache yet cannot miss it.
      Playground.awaitReady(one);
      Playground.awaitReady(other);
      try (Load load = new Load()) {
        for (int i = 1; i <= 3; i++) {
          // Given
          int times = i;
          long before = load.rounds;
          await().atMost(Playground.PATIENCE).until(() -> load.rounds > before + 5);

          // When
          flush();

          // Then
          await()
              .atMost(Playground.PATIENCE)
              .until(() -> flushes(one) >= times && flushes(other) >= times);
          Playground.awaitReady(one);
          Playground.awaitReady(other);
        }
      }
      awaitExact(one);
      awaitExact(other);
    }
  }

  @Test
  void shouldNoticeAFlushWhileNothingComes() throws Exception {
    // Given
    playground.sendLatest(2_000);
    try (Projector projector = playground.startRedisCache(redis.url())) {
      awaitExact(projector);

      // When
      flush();

      // Then
      await().until(() -> flushes(projector) == 1);
      awaitExact(projector);
    }
  }

  @Test
  void shouldSkipNothingWhileRedisHasNoMemoryLeft() throws Exception {
    // Given
    playground.sendLatest(100);
    try (Projector projector = playground.startRedisCache(redis.url())) {
      awaitExact(projector);

      // When
      setMaxMemory("1");
      playground.sendLatest(100);

      // Then
      await()
          .atMost(Playground.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(projector.status().projections().get(0).error())
                      .contains("OOM command not allowed", "Raise its maxmemory"));
      assertThat(Playground.get(projector, "/caches/" + cache + "/k1").statusCode())
          .isNotEqualTo(503);

      // When
      setMaxMemory("0");

      // Then
      awaitExact(projector);
    }
  }

  private void setMaxMemory(String bytes) {
    try (Jedis client = new Jedis(redis.host(), redis.port())) {
      client.configSet("maxmemory", bytes);
    }
  }

  private void flush() {
    try (Jedis client = new Jedis(redis.host(), redis.port())) {
      client.flushAll();
    }
  }

  private double flushes(Projector projector) throws Exception {
    return Playground.get(projector, "/metrics")
        .body()
        .lines()
        .filter(line -> line.startsWith("puck_consumer_cache_flushes_total"))
        .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' '))))
        .sum();
  }

  private void awaitExact(Projector projector) {
    Playground.awaitReady(projector);
    await()
        .atMost(Playground.PATIENCE)
        .ignoreExceptions()
        .untilAsserted(() -> assertThat(values(projector)).isEqualTo(playground.latest()));
  }

  private Map<String, String> values(Projector projector) {
    Map<String, String> values = new TreeMap<>();
    projector
        .cache(cache)
        .getAll(playground.latestKeys())
        .forEach((key, entry) -> values.put(key, text(entry)));
    return values;
  }

  private static String text(CacheEntry entry) {
    return new String(entry.value(), StandardCharsets.UTF_8);
  }

  /** Sends in a thread of its own until it is closed. */
  private final class Load implements AutoCloseable {
    private final CompletableFuture<Void> sending = CompletableFuture.runAsync(this::send);
    private volatile boolean over;
    private volatile long rounds;

    @SuppressWarnings("NonAtomicVolatileUpdate") // Only this thread writes it.
    private void send() {
      while (!over) {
        playground.sendLatest(200);
        rounds++;
      }
    }

    @Override
    public void close() {
      over = true;
      sending.join();
    }
  }
}
