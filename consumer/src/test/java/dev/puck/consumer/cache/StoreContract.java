package dev.puck.consumer.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.consumer.projection.DeadLetter;
import dev.puck.consumer.projection.EventBatch;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.event.Snapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store promises. */
abstract class StoreContract {
  private static final long NOW = System.currentTimeMillis() * 1_000;

  /** Sees everything below 100 but 90. */
  private static final SourceSnapshot S = snapshot(100, NOW, 90);

  private SimpleMeterRegistry registry;
  private final List<DeadLetter> deadLetters = new ArrayList<>();
  private CacheProjection cache;
  private long applied;

  abstract CacheStore store(@Nullable Duration ttl, Duration tombstoneTtl, CacheMeters meters);

  @BeforeEach
  void open() {
    open(null, Duration.ofHours(1));
  }

  private void open(@Nullable Duration ttl, Duration tombstoneTtl) {
    registry = new SimpleMeterRegistry();
    CacheMeters meters = new CacheMeters(registry, "users");
    cache =
        new CacheProjection(
            "users", store(ttl, tombstoneTtl, meters), true, deadLetters::addAll, meters);
    resume(0, 1, 2);
  }

  @AfterEach
  void close() {
    cache.close();
  }

  @Test
  void shouldKeepTheNewestWhateverTheOrder() {
    apply(message("a", 2, "2"), message("a", 1, "1"), message("b", 1, "1"), message("b", 2, "2"));
    apply(message("a", 1, "1"), message("b", 2, "22"), message("c", 5, "5"));

    assertThat(values("a", "b", "c", "d")).isEqualTo(Map.of("a", "2", "b", "2", "c", "5"));
    assertThat(counter("hits")).isEqualTo(3);
    assertThat(counter("misses")).isEqualTo(1);
    assertThat(counter("stale.writes")).isBetween(2.0, 3.0);
  }

  @Test
  void shouldTellVersions() {
    apply(
        Events.at(1).key("a").value("1").batch(7).xid(42).committed(NOW).event(),
        Events.at(9).key("foreign").value("1").event());

    CacheEntry entry = cache.get("a").orElseThrow();
    assertThat(entry.version()).isEqualTo("00000001.000000000007.0000000000");
    assertThat(entry.xid()).hasValue(42);
    assertThat(entry.committedMicros()).hasValue(NOW);
    assertThat(entry.snapshot()).isNull();
    assertThat(cache.get("foreign").orElseThrow().version())
        .isEqualTo("00000000.000000000009.0000000001");
  }

  @Test
  void shouldNotBringBackWhatIsGone() {
    apply(message("a", 1, "1"), message("a", 2, null));
    apply(message("a", 1, "1"), message("b", 4, null));
    apply(message("b", 3, "3"));
    assertThat(values("a", "b")).isEmpty();

    apply(message("a", 5, "5"), message("b", 5, "5"));
    assertThat(values("a", "b")).isEqualTo(Map.of("a", "5", "b", "5"));
  }

  @Test
  void shouldForgetWhatIsGoneInTime() {
    // Given
    close();
    open(null, Duration.ofMillis(300));

    // When
    apply(message("a", 2, null));

    // Then
    await()
        .untilAsserted(
            () -> {
              cache.idle();
              apply(message("a", 1, "1"));
              assertThat(values("a")).isEqualTo(Map.of("a", "1"));
            });
  }

  @Test
  void shouldServeValuesAsLongAsTheTimeToLive() {
    // Given
    close();
    open(Duration.ofMillis(700), Duration.ofHours(1));
    long now = System.currentTimeMillis() * 1_000;
    long old = now - TimeUnit.SECONDS.toMicros(2);

    // When
    apply(
        Events.at(1).key("new").value("1").batch(1).committed(now).event(),
        Events.at(2).key("old").value("1").batch(2).committed(old).event());

    // Then
    assertThat(values("new", "old")).isEqualTo(Map.of("new", "1"));
    await().until(() -> values("new").isEmpty());
    apply(message("new", 3, "3"));
    assertThat(values("new")).isEqualTo(Map.of("new", "3"));
  }

  @Test
  void shouldDropWhatATruncateEnds() {
    apply(
        message("a", 1, "1"),
        Events.at(2).key("other").value("2").batch(2).partition(1).event(),
        truncate(3).event(),
        message("b", 4, "4"));
    assertThat(values("a", "b", "other")).isEqualTo(Map.of("b", "4", "other", "2"));

    apply(message("a", 1, "1"), truncate(3).event());
    assertThat(values("a", "b", "other")).isEqualTo(Map.of("b", "4", "other", "2"));

    apply(message("a", 5, "5"));
    assertThat(values("a")).isEqualTo(Map.of("a", "5"));
  }

  @Test
  void shouldAlignWhatTheSnapshotSawAndNothingNewer() {
    // Given
    apply(
        event("seen", 1, 50, "old"),
        event("running", 2, 90, "new"),
        event("later", 3, 100, "new"),
        event("gone", 4, 60, "old"),
        event("newAndNotInTheTruth", 5, 120, "new"),
        event("deletedLater", 6, 110, null),
        event("deletedBefore", 7, 70, null));

    // When
    Alignment.Result result =
        align(S, "seen", "running", "later", "unknown", "deletedLater", "deletedBefore");

    // Then
    assertThat(values("seen", "running", "later", "gone", "newAndNotInTheTruth", "unknown"))
        .isEqualTo(
            Map.of(
                "seen", "truth",
                "running", "new",
                "later", "new",
                "newAndNotInTheTruth", "new",
                "unknown", "truth"));
    assertThat(values("deletedLater", "deletedBefore")).isEqualTo(Map.of("deletedBefore", "truth"));
    assertThat(result).isEqualTo(new Alignment.Result(3, 3, 1));
    assertThat(cache.get("seen").orElseThrow().version())
        .isEqualTo("00000001.000000000001.0000000000@" + NOW)
        .isGreaterThan("00000001.000000000001.0000000000")
        .isLessThan("00000001.000000000002.0000000000");
  }

  @Test
  void shouldNotMoveBackBehindTheTruth() {
    // Given
    apply(event("a", 1, 40, "older"), event("gone", 2, 40, "older"));
    align(S, "a", "b");

    // When
    apply(
        event("a", 3, 50, "old"),
        event("b", 4, 51, "old"),
        event("gone", 5, 52, "old"),
        event("neverThere", 6, 53, "old"));

    // Then
    assertThat(values("a", "b", "gone", "neverThere"))
        .isEqualTo(Map.of("a", "truth", "b", "truth"));
    assertThat(cache.get("a").orElseThrow().version()).startsWith("00000001.000000000003.");

    // And
    apply(
        event("a", 7, 101, "new"),
        event("b", 8, 90, null),
        event("gone", 9, 101, "new"),
        event("neverThere", 10, 101, "new"));
    assertThat(values("a", "b", "gone", "neverThere"))
        .isEqualTo(Map.of("a", "new", "gone", "new", "neverThere", "new"));
    assertThat(cache.get("a").orElseThrow().snapshot()).isNull();
  }

  @Test
  void shouldAlignAgainToANewerTruthOnly() {
    // Given
    align(S, "a", "b");
    SourceSnapshot newer = snapshot(200, NOW + 1_000);

    // When
    Alignment alignment = cache.align(newer);
    alignment.rows(List.of(new TruthRow("a", text("newer"))));
    assertThat(alignment.finish()).isEqualTo(new Alignment.Result(1, 0, 1));

    // Then
    assertThat(values("a", "b")).isEqualTo(Map.of("a", "newer"));
    assertThat(align(S, "a", "b")).isEqualTo(new Alignment.Result(0, 2, 0));
    assertThat(values("a", "b")).isEqualTo(Map.of("a", "newer"));
  }

  @Test
  void shouldDropTheTruthsRowsByALaterTruncateOnly() {
    // Given
    apply(event("a", 1, 40, "older"));
    align(S, "a", "b");

    // When
    apply(truncate(2).xid(50).event());

    // Then
    assertThat(values("a", "b")).isEqualTo(Map.of("a", "truth", "b", "truth"));
    apply(truncate(3).xid(101).event());
    assertThat(values("a", "b")).isEmpty();
  }

  @Test
  void shouldTakeEventsWithoutTransactionByTheirTime() {
    apply(
        Events.at(1).key("old").value("\"event\"").batch(1).committed(NOW - 1).event(),
        Events.at(2).key("new").value("\"event\"").batch(2).committed(NOW + 1).event());

    align(S, "old", "new");

    assertThat(values("old", "new")).isEqualTo(Map.of("old", "truth", "new", "event"));
  }

  @Test
  void shouldPutPoisonAside() {
    apply(message("a", 1, "1"), message("a", 2, "{"), message("b", 3, "3"));

    assertThat(values("a", "b")).isEqualTo(Map.of("a", "1", "b", "3"));
    assertThat(deadLetters)
        .singleElement()
        .satisfies(letter -> assertThat(letter.reason()).startsWith("not JSON"))
        .satisfies(letter -> assertThat(letter.projection()).isEqualTo("cache/users"));
  }

  @Test
  void shouldGoOnWhereItStopped() {
    apply(message("a", 1, "1"));
    long next = applied;

    assertThat(resume(0)).isEqualTo(Map.of(Events.PARTITION, next));
  }

  @Test
  void shouldBeWhatTheEventsSayInWhateverOrderTheyAreRepeated() {
    long seed = System.nanoTime();
    System.out.println("Store seed " + seed);
    Random random = new Random(seed);
    List<IncomingEvent> events = new ArrayList<>();
    Map<String, String> expected = new HashMap<>();
    for (int i = 1; i <= 2_000; i++) {
      String key = "k" + random.nextInt(50);
      @Nullable String value = random.nextInt(4) == 0 ? null : Integer.toString(i);
      events.add(message(key, i, value));
      if (value == null) {
        expected.remove(key);
      } else {
        expected.put(key, value);
      }
    }
    for (int begin = 0; begin < events.size(); begin += 100) {
      apply(events.subList(begin, begin + 100).toArray(IncomingEvent[]::new));
      int again = random.nextInt(begin + 1);
      apply(events.subList(again, begin + 50).toArray(IncomingEvent[]::new));
    }

    String[] keys =
        events.stream()
            .map(e -> new String(e.key(), StandardCharsets.UTF_8))
            .distinct()
            .toArray(String[]::new);
    assertThat(values(keys)).as("seed %d", seed).isEqualTo(expected);
  }

  final CacheProjection cache() {
    return cache;
  }

  private Alignment.Result align(SourceSnapshot snapshot, String... keys) {
    Alignment alignment = cache.align(snapshot);
    for (String key : keys) {
      alignment.rows(List.of(new TruthRow(key, text("\"truth\""))));
    }
    return alignment.finish();
  }

  final void apply(IncomingEvent... events) {
    List<IncomingEvent> all = List.of(events);
    applied += all.size();
    cache.apply(new EventBatch(List.of(), all, Map.of(Events.PARTITION, applied)));
  }

  final Map<TopicPartition, Long> resume(int... partitions) {
    Set<TopicPartition> wanted = new java.util.HashSet<>();
    Arrays.stream(partitions).forEach(p -> wanted.add(new TopicPartition("tweet.users", p)));
    return cache.resume(
        wanted,
        missing -> {
          Map<TopicPartition, Long> beginnings = new HashMap<>();
          missing.forEach(partition -> beginnings.put(partition, 0L));
          return beginnings;
        });
  }

  /** Without the quotes of texts. */
  private Map<String, String> values(String... keys) {
    Map<String, String> values = new HashMap<>();
    cache
        .getAll(List.of(keys))
        .forEach(
            (key, entry) ->
                values.put(
                    key, new String(entry.value(), StandardCharsets.UTF_8).replace("\"", "")));
    return values;
  }

  final double counter(String name) {
    return registry.get("puck.consumer.cache." + name).counter().count();
  }

  private static Events truncate(long batch) {
    return Events.at(batch).kind("truncate").key("puck:truncate").value("{}").batch(batch);
  }

  private static IncomingEvent message(String key, long batch, @Nullable String value) {
    return Events.message(key, batch, value);
  }

  private static IncomingEvent event(String key, long batch, long xid, @Nullable String value) {
    return Events.at(batch)
        .key(key)
        .value(value == null ? null : "\"" + value + "\"")
        .batch(batch)
        .xid(xid)
        .committed(NOW)
        .event();
  }

  private static SourceSnapshot snapshot(long xmax, long micros, long... inProgress) {
    return new SourceSnapshot(new Snapshot(xmax, inProgress), micros);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
