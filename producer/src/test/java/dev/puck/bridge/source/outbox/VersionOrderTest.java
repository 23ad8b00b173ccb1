package dev.puck.bridge.source.outbox;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import dev.puck.bridge.source.Utf8;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class VersionOrderTest {
  private static final int LONG = 200_000;
  private static final Duration SOON = Duration.ofMinutes(1);

  @Test
  void shouldRestoreTheTrueOrderOfEachKey() {
    long seed = System.nanoTime();
    System.out.println("VersionOrderTest: seed " + seed);
    for (int run = 0; run < 10_000; run++) {
      // Given: two transactions, on tables of one name
      Random random = new Random(seed + run);
      List<OutboxRow> outbox = new ArrayList<>();
      TransactionHistory one = new TransactionHistory(random, 2, 1, "a", outbox);
      TransactionHistory other = new TransactionHistory(random, 2, 2, "b", outbox);
      for (int statement = 0; statement < 4; statement++) {
        one.statement();
        other.statement();
      }

      // When
      List<OutboxRow> restored = VersionOrder.of(outbox);

      // Then
      assertThat(restored).containsExactlyInAnyOrderElementsOf(outbox);
      assertThat(one.told(restored)).as("run %d of seed %d", run, seed).isEqualTo(one.truth());
      assertThat(other.told(restored)).as("run %d of seed %d", run, seed).isEqualTo(other.truth());
    }
  }

  /**
   * With more nesting, keys that come and go several times within one statement may look as if they
   * had done so otherwise. Each row's own changes are in order all the same.
   */
  @ParameterizedTest
  @ValueSource(ints = {3, 5})
  void shouldKeepEachRowsOrderHoweverDeepItNests(int depth) {
    long seed = System.nanoTime();
    System.out.println("VersionOrderTest: seed " + seed);
    int runs = 5_000;
    int endsRight = 0;
    for (int run = 0; run < runs; run++) {
      // Given
      List<OutboxRow> outbox = new ArrayList<>();
      TransactionHistory history =
          new TransactionHistory(new Random(seed + run), depth, 1, "a", outbox);
      history.statement();
      history.statement();

      // When
      List<OutboxRow> restored = VersionOrder.of(outbox);

      // Then
      assertThat(restored).containsExactlyInAnyOrderElementsOf(outbox);
      assertThat(brokenLinks(restored)).as("run %d of seed %d", run, seed).isEmpty();
      endsRight +=
          ends(history.told(restored), outbox).equals(ends(history.truth(), outbox)) ? 1 : 0;
    }
    assertThat(endsRight).isGreaterThan(runs * 99 / 100);
  }

  @Test
  void shouldGiveEveryRowARankOfItsOwn() {
    long seed = System.nanoTime();
    System.out.println("VersionOrderTest: seed " + seed);
    for (int run = 0; run < 2_000; run++) {
      // Given
      List<OutboxRow> outbox = new ArrayList<>();
      TransactionHistory history =
          new TransactionHistory(new Random(seed + run), 3, 1, "a", outbox);
      for (int statement = 0; statement < 4; statement++) {
        history.statement();
      }
      Versions versions = new Versions();
      outbox.stream().filter(row -> !row.isMessage()).forEach(versions::add);

      // When
      Map<Long, Rank> moved = VersionOrder.moved(versions.all());

      // Then: a reader that stops at a rank goes on behind it
      TreeMap<Rank, OutboxRow> byRank = new TreeMap<>();
      outbox.forEach(row -> byRank.put(moved.getOrDefault(row.id(), Rank.of(row.id())), row));
      assertThat(byRank.values())
          .as("run %d of seed %d", run, seed)
          .containsExactlyElementsOf(VersionOrder.of(outbox));
    }
  }

  @Test
  void shouldOrderLongChainsInLinearTimeAndWithoutRecursion() {
    // Given: every change captured before the one that it continues
    List<OutboxRow> rows = new ArrayList<>();
    for (int i = 1; i <= LONG; i++) {
      rows.add(change(i, 'u', ctid(LONG - i), ctid(LONG - i + 1), "{\"id\":1}"));
    }

    // When
    List<OutboxRow> restored = assertTimeoutPreemptively(SOON, () -> VersionOrder.of(rows));

    // Then
    Collections.reverse(rows);
    assertThat(restored).isEqualTo(rows);
  }

  @Test
  void shouldOrderAKeyThatComesAndGoesInLinearTime() {
    // Given: deleted and inserted again by turns, the first deletion captured last
    List<OutboxRow> rows = new ArrayList<>();
    for (int i = 1; i < LONG; i++) {
      rows.add(
          i % 2 == 1
              ? change(i, 'c', null, ctid(i), "{\"id\":1}")
              : change(i, 'd', ctid(i - 1), null, "{\"id\":1}"));
    }
    rows.add(change(LONG, 'd', ctid(0), null, "{\"id\":1}"));

    // When
    List<OutboxRow> restored = assertTimeoutPreemptively(SOON, () -> VersionOrder.of(rows));

    // Then
    Collections.rotate(rows, 1);
    assertThat(restored).isEqualTo(rows);
  }

  @Test
  void shouldOrderARowThatChangesItsKeyInLinearTime() {
    // Given: it takes a hundred keys by turns
    Function<Integer, String> key = i -> "{\"id\":" + i % 100 + "}";
    List<OutboxRow> rows = new ArrayList<>();
    for (int i = 1; i <= LONG; i++) {
      rows.add(change(i, 'u', ctid(i - 1), ctid(i), key.apply(i), key.apply(i - 1)));
    }

    // When, Then
    assertThat(assertTimeoutPreemptively(SOON, () -> VersionOrder.of(rows))).isEqualTo(rows);
  }

  @Test
  void shouldKeepTablesOfOneNameApart() {
    // Given: archived before it is deleted
    OutboxRow archived = change(1, 'c', null, "(0,1)", "{\"id\":1}");
    OutboxRow deleted = inSchema("other", change(2, 'd', "(0,7)", null, "{\"id\":1}"));

    // When, Then
    assertThat(VersionOrder.of(List.of(archived, deleted))).containsExactly(archived, deleted);
  }

  @Test
  void shouldNotReachAcrossATruncate() {
    // Given: keys and places are given anew
    List<OutboxRow> rows =
        List.of(
            change(1, 'c', null, "(0,1)", "{\"id\":1}"),
            change(2, 't', null, null, null),
            change(3, 'c', null, "(0,1)", "{\"id\":1}"),
            change(4, 'd', "(0,1)", null, "{\"id\":1}"));

    // When, Then
    assertThat(VersionOrder.of(rows)).isEqualTo(rows);
  }

  @Test
  void shouldKnowARowAgainThatGotAColumn() {
    // Given: the image before is not the one that the insert left
    OutboxRow inserted = change(1, 'c', null, "(0,1)", "{\"id\":1}");
    OutboxRow deleted =
        change(2, 'd', "(0,1)", null, "{\"id\":1}")
            .with(Utf8.of("{\"id\":1,\"more\":null}"), null, null);

    // When, Then
    assertThat(VersionOrder.of(List.of(inserted, deleted))).containsExactly(inserted, deleted);
  }

  /** Those that come before the one that they continue. */
  private static List<OutboxRow> brokenLinks(List<OutboxRow> rows) {
    List<OutboxRow> broken = new ArrayList<>();
    Set<@Nullable Utf8> images = new HashSet<>();
    for (OutboxRow row : rows) {
      boolean isLater =
          rows.stream()
              .anyMatch(each -> row.oldRow() != null && row.oldRow().equals(each.newRow()));
      if (isLater && !images.contains(row.oldRow())) {
        broken.add(row);
      }
      images.add(row.newRow());
    }
    return broken;
  }

  /** The image that is left of each key. */
  private static List<@Nullable Utf8> ends(Map<Integer, List<Long>> ids, List<OutboxRow> outbox) {
    List<@Nullable Utf8> ends = new ArrayList<>();
    ids.forEach(
        (key, each) -> {
          OutboxRow last = outbox.get((int) (each.get(each.size() - 1) - 1));
          ends.add(TransactionHistory.text(key).equals(last.key()) ? last.newRow() : null);
        });
    return ends;
  }

  private static String ctid(int number) {
    return "(" + number / 100 + "," + (number % 100 + 1) + ")";
  }

  private static OutboxRow change(
      long id, char op, @Nullable String oldCtid, @Nullable String newCtid, @Nullable String key) {
    return change(id, op, oldCtid, newCtid, key, null);
  }

  private static OutboxRow change(
      long id,
      char op,
      @Nullable String oldCtid,
      @Nullable String newCtid,
      @Nullable String key,
      @Nullable String oldKey) {
    return new OutboxRow(
        id,
        1,
        0,
        7,
        oldCtid,
        newCtid,
        'r',
        op,
        "public",
        "t",
        key,
        oldKey,
        oldCtid == null ? null : Utf8.of("{\"place\":\"" + oldCtid + "\"}"),
        newCtid == null ? null : Utf8.of("{\"place\":\"" + newCtid + "\"}"),
        null,
        null,
        null);
  }

  private static OutboxRow inSchema(String schema, OutboxRow row) {
    return new OutboxRow(
        row.id(),
        row.xid(),
        row.atMicros(),
        row.relid() + 1,
        row.oldCtid(),
        row.newCtid(),
        row.kind(),
        row.op(),
        schema,
        row.name(),
        row.key(),
        row.oldKey(),
        row.oldRow(),
        row.newRow(),
        row.payload(),
        row.headers(),
        null);
  }
}
