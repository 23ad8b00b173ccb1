package dev.puck.consumer.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.consumer.config.RedisConfig;
import dev.puck.consumer.projection.Comparison;
import dev.puck.consumer.projection.Divergence;
import dev.puck.consumer.projection.EntryCheck;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.retry.TransientException;
import java.net.URI;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

@ExtendWith(PuckExtension.class)
class RedisCheckIT extends CheckContract {
  private final String prefix;
  private final Jedis client;
  private final RedisDatabase database;
  private int stores;

  RedisCheckIT(TestEnvironment environment) {
    prefix = environment.topicPrefix();
    client = new Jedis(URI.create(environment.redisUrl()));
    database = RedisDatabase.open(new RedisConfig(environment.redisUrl() + "/0", null, null));
  }

  @AfterEach
  void closeDatabase() {
    client.close();
    database.close();
  }

  @Override
  CacheStore store(@Nullable Duration ttl, Duration tombstoneTtl, CacheMeters meters) {
    stores++;
    Lifetime lifetime = new Lifetime(ttl, tombstoneTtl, Clock.systemUTC());
    RedisNames names =
        new RedisNames(prefix + stores + ":", ":end", RedisNames.bytes(state(stores)));
    return new RedisStore(database, names, Map::of, true, lifetime, meters);
  }

  private String state(int store) {
    return "puck-state:" + prefix + store;
  }

  @Test
  void shouldFindWhatSomebodyElseWrote() {
    // Given
    apply(event("a", 1, 50, "truth"), event("b", 2, 50, "truth"), event("c", 3, 50, "truth"));
    String name = prefix + "1:a:end";
    client.set(name, client.get(name).replace("truth", "lie"));
    client.set(prefix + "1:b:end", "none of Puck's");
    client.del(prefix + "1:c:end");

    // When
    EntryCheck check = check("a", "b", "c");

    // Then
    assertThat(check.compare())
        .isEqualTo(new Comparison(3, 3, new Divergence("a", "\"lie\"", "\"truth\"")));
    check.repair();
    assertThat(values("a", "b", "c")).isEqualTo(Map.of("a", "truth", "b", "truth", "c", "truth"));
    assertThat(client.get(name))
        .startsWith("{\"version\":\"00000001.000000000001.0000000000\",\"snapshot\":\"")
        .endsWith(",\"from\":\"tweet.users-0\",\"value\":\"truth\"}");
  }

  @Test
  void shouldLeaveOthersKeysAlone() {
    // Given
    apply(event("a", 1, 50, "truth"));
    client.set(prefix + "1:notOurs:end", "{}");
    client.hset(prefix + "1:neither:end", "a", "b");

    // When
    Comparison comparison = check("a").compare();

    // Then
    assertThat(comparison).isEqualTo(new Comparison(1, 0, null));
  }

  @Test
  void shouldGiveUpWhereTheEntriesAreLost() {
    // Given
    apply(event("a", 1, 50, "truth"));
    EntryCheck check = check("a", "b");

    // When
    client.del(state(1), prefix + "1:a:end");

    // Then
    assertThatThrownBy(check::compare)
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("lost");
  }
}
