package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.Snapshot;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import redis.clients.jedis.Jedis;

/** An audit finds the one entry of a cache that is wrong, and no other, while writers are busy. */
@ExtendWith(PuckExtension.class)
class CacheAuditIT {
  private static final int KEYS = 100_000;
  private static final int BUSY = 30_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String MEMORY = "latest";

  private final long seed = System.nanoTime();
  private final String redis;
  private final String inRedis;
  private final Playground playground;
  private final Things things;

  CacheAuditIT(TestEnvironment environment) throws Exception {
    redis = environment.redisUrl();
    inRedis = environment.name();
    playground = new Playground(environment, 6);
    things = new Things(playground, BUSY);
  }

  @BeforeEach
  void printSeed() {
    System.out.println("Cache audit seed " + seed);
  }

  @AfterEach
  void close() throws Exception {
    playground.close();
  }

  /** Before anything is wrong, audits for as long as {@code -Dpuck.audit.duration=PT10M} says. */
  @Test
  void shouldFindAndRepairTheOneWrongEntryOfMany() throws Exception {
    // Given
    things.fill(KEYS);
    try (SourceTraffic traffic = new SourceTraffic(playground, seed, things);
        Projector projector = playground.startCaches(redis, Things.TRUTH, null)) {
      await().atMost(PATIENCE).until(projector::isReady);
      await().atMost(PATIENCE).until(() -> traffic.events() > 1_000);

      // When
      Duration duration = Duration.parse(System.getProperty("puck.audit.duration", "PT0S"));
      Instant end = Instant.now().plus(duration);
      int audits = 0;
      while (Instant.now().isBefore(end)) {
        // Then
        assertRight(projector, MEMORY);
        assertRight(projector, inRedis);
        audits++;
      }
      System.out.println("Cache audits " + 2 * audits + ", events " + traffic.events());

      // When
      String wrong = Integer.toString(BUSY + 1 + new Random(seed).nextInt(KEYS - BUSY));
      corruptInMemory(projector, wrong);
      corruptInRedis(wrong);

      // Then
      assertFoundAndRepaired(projector, MEMORY, wrong);
      assertFoundAndRepaired(projector, inRedis, wrong);
      assertSampled(projector, MEMORY);
      assertSampled(projector, inRedis);
      assertThat(Playground.get(projector, "/metrics").body())
          .containsPattern("puck_consumer_audit_divergent\\{kind=\"cache\".*\\} 0.0")
          .containsPattern("puck_consumer_audit_newer\\{kind=\"cache\".*\\} \\d+");
    }
  }

  private static void assertSampled(Projector projector, String cache) throws Exception {
    JsonNode result = AskedAudits.run(projector, cache, "?sample=500&seed=7").path("cache");
    assertThat(result.path("divergent").asLong()).as("%s", result).isZero();
    assertThat(result.path("sample").asInt()).isEqualTo(500);
    assertThat(result.path("seed").asLong()).isEqualTo(7);
    assertThat(result.path("checked").asLong()).as("%s", result).isBetween(300L, 550L);
  }

  /** As if it had been aligned to a truth that nobody knows. */
  private static void corruptInMemory(Projector projector, String key) {
    Snapshot all = new Snapshot(Long.MAX_VALUE, new long[0]);
    projector
        .cache(MEMORY)
        .beginAlignment(new SourceSnapshot(all, System.currentTimeMillis() * 1_000))
        .add(List.of("{\"key\":\"%s\",\"value\":%s}".formatted(key, Things.value(-7))));
  }

  /** Behind Puck's back; the version stays. */
  private void corruptInRedis(String key) {
    try (Jedis client = new Jedis(URI.create(redis))) {
      String name = "puck:" + inRedis + ":" + key;
      String wrong = client.get(name).replaceFirst("\"n\":0", "\"n\":-7");
      assertThat(wrong).contains("-7");
      client.set(name, wrong);
    }
  }

  private static void assertFoundAndRepaired(Projector projector, String cache, String key)
      throws Exception {
    assertThat(served(projector, cache, key)).contains("-7");
    assertWrong(AskedAudits.run(projector, cache, "?repair=true").path("cache"), key);
    assertThat(served(projector, cache, key)).contains("\"n\": 0");
  }

  private static String served(Projector projector, String cache, String key) {
    return projector
        .cache(cache)
        .get(key)
        .map(entry -> new String(entry.value(), StandardCharsets.UTF_8))
        .orElse("");
  }

  private static void assertRight(Projector projector, String cache) throws Exception {
    JsonNode result = AskedAudits.run(projector, cache, "").path("cache");
    assertThat(result.path("divergent").asLong()).as("%s", result).isZero();
    assertThat(result.path("exact").asBoolean()).as("%s", result).isTrue();
    // Not only what nobody touches.
    assertThat(result.path("checked").asLong()).as("%s", result).isGreaterThan(KEYS - BUSY + 1_000);
  }

  private static void assertWrong(JsonNode result, String key) {
    assertThat(result.path("divergent").asLong()).as("%s", result).isEqualTo(1);
    assertThat(result.path("right").asText()).startsWith("99.99");
    assertThat(result.path("first").path("key").asText()).isEqualTo(key);
    assertThat(result.path("first").path("served").asText()).contains("-7");
    assertThat(result.path("first").path("truth").asText()).contains("\"n\": 0");
    assertThat(result.path("repaired").asBoolean()).isTrue();
  }
}
