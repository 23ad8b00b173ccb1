package dev.puck.consumer.cache;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.consumer.projection.Comparison;
import dev.puck.consumer.projection.Divergence;
import dev.puck.consumer.projection.EntryCheck;
import dev.puck.consumer.projection.EventBatch;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.Sample;
import dev.puck.consumer.projection.SourceSnapshot;
import dev.puck.event.Snapshot;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store's comparison with the truth promises. */
abstract class CheckContract {
  private static final long NOW = System.currentTimeMillis() * 1_000;

  /** Sees everything below 100 but 90. */
  private static final SourceSnapshot S =
      new SourceSnapshot(new Snapshot(100, new long[] {90}), NOW);

  private CacheProjection cache;
  private long applied;

  abstract CacheStore store(@Nullable Duration ttl, Duration tombstoneTtl, CacheMeters meters);

  @BeforeEach
  void open() {
    open(null, Duration.ofHours(1));
  }

  private void open(@Nullable Duration ttl, Duration tombstoneTtl) {
    CacheMeters meters = new CacheMeters(new SimpleMeterRegistry(), "users");
    cache =
        new CacheProjection("users", store(ttl, tombstoneTtl, meters), true, letters -> {}, meters);
    assertThat(cache.resume(Set.of(Events.PARTITION), missing -> Map.of(Events.PARTITION, 0L)))
        .isEqualTo(Map.of(Events.PARTITION, 0L));
  }

  @AfterEach
  void close() {
    cache.close();
  }

  final CacheProjection cache() {
    return cache;
  }

  @Test
  void shouldFindWhatTheSnapshotSawAndPassWhatIsNewer() {
    // Given
    apply(
        event("right", 1, 50, "truth"),
        event("wrong", 2, 50, "old"),
        event("running", 3, 90, "new"),
        event("later", 4, 100, "new"),
        event("tooMany", 5, 60, "old"),
        event("newAndNotInTheTruth", 6, 120, "new"),
        event("deletedLater", 7, 110, null),
        event("deletedBefore", 8, 70, null),
        event("gone", 9, 70, null));

    // When
    EntryCheck check =
        check("right", "wrong", "running", "later", "deletedLater", "deletedBefore", "missing");

    // Then: right, wrong, tooMany, deletedBefore, missing were compared
    assertThat(check.compare())
        .isEqualTo(new Comparison(5, 4, 4, new Divergence("deletedBefore", null, "\"truth\"")));
    assertThat(check.compareAgain().divergent()).isEqualTo(4);
    assertThat(check.isUndecided()).isFalse();
  }

  @Test
  void shouldRepairWhatDiffers() {
    // Given
    apply(event("wrong", 1, 50, "old"), event("tooMany", 2, 60, "old"), event("b", 3, 70, null));
    EntryCheck check = check("wrong", "b", "missing");
    assertThat(check.compare().divergent()).isEqualTo(4);

    // When
    check.repair();

    // Then
    assertThat(check.compareAgain().divergent()).isZero();
    assertThat(values("wrong", "b", "missing", "tooMany"))
        .isEqualTo(Map.of("wrong", "truth", "b", "truth", "missing", "truth"));
    // An event that the truth had already does not bring the old value back.
    apply(event("wrong", 4, 51, "old"), event("missing", 5, 51, "old"));
    apply(event("tooMany", 6, 51, "old"));
    assertThat(values("wrong", "missing", "tooMany"))
        .isEqualTo(Map.of("wrong", "truth", "missing", "truth"));
  }

  @Test
  void shouldNotRepairWhatHasChangedSince() {
    // Given
    apply(event("wrong", 1, 50, "old"), event("tooMany", 2, 60, "old"), event("b", 3, 70, null));
    EntryCheck check = check("wrong", "b", "missing");
    assertThat(check.compare().divergent()).isEqualTo(4);

    // When
    apply(
        event("wrong", 4, 101, "new"),
        event("tooMany", 5, 101, "new"),
        event("b", 6, 101, "new"),
        event("missing", 7, 101, null));
    check.repair();

    // Then
    assertThat(values("wrong", "tooMany", "b", "missing"))
        .isEqualTo(Map.of("wrong", "new", "tooMany", "new", "b", "new"));
  }

  /** Starting rows, and what NOTIFY brought. */
  @Test
  void shouldDecideByASecondLookWhatTellsNoTransaction() {
    // Given
    apply(
        untold("right", 1, "truth"),
        untold("wrong", 2, "old"),
        untold("changes", 3, "old"),
        untold("gone", 4, null));
    EntryCheck check = check("right", "wrong", "changes", "gone");

    // When
    assertThat(check.compare()).isEqualTo(new Comparison(1, 3, 0, null));
    assertThat(check.isUndecided()).isTrue();
    EntryCheck second = check.next();
    fill(second, "right", "wrong", "changes", "gone");
    apply(untold("changes", 5, "new"));

    // Then
    assertThat(second.compare())
        .isEqualTo(new Comparison(3, 1, 2, new Divergence("gone", null, "\"truth\"")));
  }

  @Test
  void shouldTakeAlignedEntriesForTheirTruths() {
    // Given
    Alignment alignment = cache.align(S);
    alignment.rows(List.of(new TruthRow("a", text("\"older\"")), new TruthRow("b", text("1"))));
    Alignment.Result result = alignment.finish();
    assertThat(result.replaced()).isEqualTo(2);

    // When
    EntryCheck same = check("a");
    EntryCheck later = cache.beginCheck(Sample.ALL);
    later.begin(new SourceSnapshot(new Snapshot(200, new long[0]), NOW + 1));
    later.add(List.of(row("a")));

    // Then
    assertThat(same.compare()).isEqualTo(new Comparison(0, 2, 0, null));
    assertThat(later.compare())
        .isEqualTo(new Comparison(2, 2, new Divergence("a", "\"older\"", "\"truth\"")));
  }

  /** Nobody knows whether it has ended, or was deleted, or never came. */
  @Test
  void shouldPassWhatIsMissingWhereEntriesEnd() {
    // Given
    close();
    open(Duration.ofHours(1), Duration.ofHours(1));
    apply(event("wrong", 1, 50, "old"));

    // When
    Comparison comparison = check("wrong", "missing").compare();

    // Then
    assertThat(comparison)
        .isEqualTo(new Comparison(1, 1, 1, new Divergence("wrong", "\"old\"", "\"truth\"")));
  }

  @Test
  void shouldLookAtASampleOfBoth() {
    // Given
    IncomingEvent[] events = new IncomingEvent[2_000];
    Arrays.setAll(events, i -> event("k" + i, i + 1, 50, "truth"));
    apply(events);

    // When: the truth has every second one
    EntryCheck check = cache.beginCheck(new Sample(100, 7));
    check.begin(S);
    for (int i = 0; i < 2_000; i += 2) {
      check.add(List.of(row("k" + i)));
    }
    Comparison comparison = check.compare();

    // Then
    assertThat(comparison.divergent()).isBetween(50L, 200L);
    assertThat(comparison.checked()).isEqualTo(100 + comparison.divergent());
  }

  final EntryCheck check(String... keys) {
    EntryCheck check = cache.beginCheck(Sample.ALL);
    fill(check, keys);
    return check;
  }

  private static void fill(EntryCheck check, String... keys) {
    check.begin(S);
    for (String key : keys) {
      check.add(List.of(row(key)));
    }
  }

  private static String row(String key) {
    return "{\"key\": \"" + key + "\", \"value\": \"truth\"}";
  }

  final void apply(IncomingEvent... events) {
    applied += events.length;
    cache.apply(new EventBatch(List.of(), List.of(events), Map.of(Events.PARTITION, applied)));
    assertThat(cache.served()).isEqualTo(Map.of(Events.PARTITION, applied));
  }

  final Map<String, String> values(String... keys) {
    Map<String, String> values = new java.util.HashMap<>();
    cache
        .getAll(List.of(keys))
        .forEach(
            (key, entry) ->
                values.put(
                    key, new String(entry.value(), StandardCharsets.UTF_8).replace("\"", "")));
    return values;
  }

  static IncomingEvent event(String key, long batch, long xid, @Nullable String value) {
    return untold(batch, key, value).xid(xid).event();
  }

  private static IncomingEvent untold(String key, long batch, @Nullable String value) {
    return untold(batch, key, value).event();
  }

  private static Events untold(long batch, String key, @Nullable String value) {
    return Events.at(batch)
        .key(key)
        .value(value == null ? null : "\"" + value + "\"")
        .batch(batch)
        .committed(NOW);
  }

  private static byte[] text(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
