package dev.puck.consumer.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.consumer.config.RedisConfig;
import dev.puck.consumer.projection.FencedException;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.Snapshot;
import dev.puck.service.retry.TransientException;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

@ExtendWith(PuckExtension.class)
class RedisStoreIT extends StoreContract {
  private final String prefix;
  private final Jedis client;
  private final RedisDatabase database;
  private int stores;

  RedisStoreIT(TestEnvironment environment) {
    prefix = environment.topicPrefix() + "[*]";
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
    return store(new Lifetime(ttl, tombstoneTtl, Clock.systemUTC()), meters);
  }

  private CacheStore store(Lifetime lifetime, CacheMeters meters) {
    RedisNames names =
        new RedisNames(
            prefix + stores + ":", ":end", RedisNames.bytes("puck-state:" + prefix + stores));
    return new RedisStore(database, names, Map::of, true, lifetime, meters);
  }

  @BeforeEach
  void clear() {
    assertThat(client.ping()).isEqualTo("PONG");
  }

  @Test
  void shouldBeReadableByAnyone() {
    // When
    apply(
        Events.at(1).key("7").value("{\"n\":1.50}").batch(1).xid(742).committed(1_767L).event(),
        Events.at(2).key("8").batch(2).event());

    // Then
    assertThat(client.get(prefix + "1:7:end"))
        .isEqualTo(
            "{\"version\":\"00000001.000000000001.0000000000\",\"xid\":742,\"committed\":1767,"
                + "\"from\":\"tweet.users-0\",\"value\":{\"n\":1.50}}");
    assertThat(client.get(prefix + "1:8:end"))
        .isEqualTo(
            "{\"version\":\"00000001.000000000002.0000000000\",\"xid\":null,\"committed\":null,"
                + "\"from\":\"tweet.users-0\",\"deleted\":true}");
    assertThat(client.pttl(prefix + "1:8:end")).isBetween(3_500_000L, 3_600_000L);
    assertThat(client.hgetAll("puck-state:" + prefix + "1"))
        .containsEntry("next:tweet.users-0", "2")
        .containsEntry("state", "complete");
  }

  @Test
  void shouldLeaveOthersKeysAlone() {
    client.set(prefix + "1:notOurs:end", "{}");
    client.hset(prefix + "1:neither:end", "a", "b");
    apply(Events.at(3).kind("truncate").key("puck:truncate").value("{}").batch(3).event());
    cache().align(new SourceSnapshot(new Snapshot(100, new long[0]), 1)).finish();
    assertThat(client.get(prefix + "1:notOurs:end")).isEqualTo("{}");
    assertThat(client.hget(prefix + "1:neither:end", "a")).isEqualTo("b");
  }

  @Test
  void shouldNoticeThatItsEntriesAreGone() {
    // Given
    apply(Events.message("a", 1, "1"));
    Alignment alignment = cache().align(new SourceSnapshot(new Snapshot(100, new long[0]), 1));

    // When
    client.del("puck-state:" + prefix + "1");

    // Then
    assertThatThrownBy(() -> cache().get("a")).isInstanceOf(IncompleteException.class);
    assertThatThrownBy(() -> apply(Events.message("a", 2, "2")))
        .isInstanceOf(FencedException.class);
    assertThat(cache().isComplete()).isFalse();
    assertThat(counter("flushes")).isEqualTo(1);
    assertThatThrownBy(alignment::finish).isInstanceOf(TransientException.class);

    // And
    assertThat(resume(0)).containsValue(0L);
    assertThat(cache().isComplete()).isTrue();
    apply(Events.message("a", 3, "3"));
    assertThat(counter("flushes")).isEqualTo(1);
  }

  @Test
  void shouldNoticeThatItCameBackWithOlderData() {
    // Given
    apply(Events.message("a", 1, "1"));
    client.hset("puck-state:" + prefix + "1", "next:tweet.users-0", "0");

    // Then
    assertThatThrownBy(() -> apply(Events.message("a", 2, "2")))
        .isInstanceOf(FencedException.class)
        .hasMessageContaining("not where it was left");
    assertThat(resume(0)).containsValue(0L);
  }

  @Test
  void shouldBeCompleteOnceAllPartitionsAreAtTheirEnds() {
    // Given
    TopicPartition zero = Events.PARTITION;
    TopicPartition one = new TopicPartition(zero.topic(), 1);
    RedisNames names =
        new RedisNames(prefix + "c:", "", RedisNames.bytes("puck-state:" + prefix + "c"));
    CacheMeters meters = new CacheMeters(new SimpleMeterRegistry(), "c");
    Lifetime lifetime = new Lifetime(null, Duration.ofHours(1), Clock.systemUTC());
    TopicEnds ends = () -> Map.of(zero, 10L, one, 5L);
    CacheStore mine = new RedisStore(database, names, ends, true, lifetime, meters);
    CacheStore others = new RedisStore(database, names, ends, true, lifetime, meters);

    // When
    mine.resume(Set.of(zero), missing -> Map.of(zero, 3L));
    others.resume(Set.of(one), missing -> Map.of(one, 0L));
    mine.commit(Map.of(zero, 12L));
    others.commit(Map.of(one, 4L));

    // Then
    assertThat(mine.isComplete() || others.isComplete()).isFalse();
    assertThatThrownBy(() -> mine.read(List.of("a"))).isInstanceOf(IncompleteException.class);
    others.commit(Map.of(one, 5L));
    assertThat(others.isComplete()).isTrue();
    assertThat(mine.read(List.of("a"))).isEmpty();
    assertThatThrownBy(() -> others.commit(Map.of(zero, 13L))).isInstanceOf(FencedException.class);
  }

  @Test
  void shouldLoadItsScriptsWhereRedisForgotThem() {
    client.scriptFlush();
    apply(Events.message("a", 1, "1"));
    assertThat(new String(cache().get("a").orElseThrow().value(), StandardCharsets.UTF_8))
        .isEqualTo("1");
  }
}
