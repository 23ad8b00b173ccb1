package dev.puck.lab.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.lab.proof.history.CheckpointSample;
import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Glimpse;
import dev.puck.lab.proof.history.Image;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sighting.Kind;
import dev.puck.lab.proof.history.Sighting.Marks;
import dev.puck.lab.proof.history.Sighting.Place;
import dev.puck.lab.proof.history.SlotSample;
import dev.puck.lab.proof.history.Truth;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Every check is silent on a right history, and speaks up on one that is wrong in its way. */
class ChecksTest {
  private static final int CHANGES = 300;

  private final long seed = new Random().nextLong();
  private final Random random = new Random(seed);
  private Truth truth = new Truth(List.of(), Map.of(), Map.of(), false);
  private List<Sighting> records = List.of();

  @BeforeEach
  void makeHistory() {
    System.out.println("seed " + seed);
    Histories histories = new Histories(seed).with(CHANGES);
    truth = histories.truth();
    records = new ArrayList<>(histories.records());
  }

  @Test
  void shouldFindNothingWrongWithARightHistory() {
    assertThat(Histories.counts(truth, records).values()).isNotEmpty().containsOnly(0L);
  }

  @Test
  void shouldMissWhatIsLost() {
    records.remove(any(telling('u')));
    assertThat(counts()).containsEntry("lost", 1L).containsEntry("phantom", 0L);
  }

  @Test
  void shouldMissALostMessage() {
    records.remove(any(telling('m')));
    assertThat(counts()).containsEntry("lost", 1L);
  }

  @Test
  void shouldMissALostTruncate() {
    records.remove(any(kind(Kind.TRUNCATE)));
    assertThat(counts()).containsEntry("lost", 1L);
  }

  @Test
  void shouldNoticeWhatCameTwiceUnderAnotherId() {
    int index = any(telling('c').or(telling('m')));
    records.add(index + 1, marked(records.get(index), marks -> again(marks, "another")));
    assertThat(counts()).containsEntry("duplicated", 1L);
  }

  @Test
  void shouldNoticeWhatCameTwiceThoughItChangesNothing() {
    int index = any(sighting -> sighting.fact() != null && sighting.fact().changesNothing());
    records.add(index + 1, marked(records.get(index), marks -> again(marks, "another")));
    assertThat(counts()).containsEntry("duplicated", 1L);
  }

  @Test
  void shouldNoticeAnIdThatCameTwice() {
    int index = any(telling('u'));
    records.add(index + 1, marked(records.get(index), marks -> again(marks, marks.id())));
    assertThat(counts()).containsEntry("duplicated", 1L);
  }

  @Test
  void shouldNoticeATruncateThatCameTwice() {
    int index = any(kind(Kind.TRUNCATE));
    records.add(index + 1, marked(records.get(index), marks -> again(marks, "another")));
    assertThat(counts()).containsEntry("duplicated", 1L);
  }

  @Test
  void shouldNoticeARowOfTheStartingStateThatCameTwice() {
    int index = any(telling('r'));
    records.add(index + 1, marked(records.get(index), marks -> again(marks, "another")));
    assertThat(counts()).containsEntry("duplicated", 1L);
  }

  @Test
  void shouldNoticeWhatNeverHappened() {
    int index = any(telling('u'));
    Sighting real = records.get(index);
    Fact fact = Objects.requireNonNull(real.fact());
    Image aborted = new Image("eid='aborted'", 1_000_000);
    Fact phantom = new Fact(fact.table(), 'u', fact.key(), fact.after(), aborted);
    records.add(index + 1, told(marked(real, marks -> again(marks, "phantom")), phantom));
    assertThat(counts()).containsEntry("phantom", 1L).containsEntry("duplicated", 0L);
  }

  @Test
  void shouldNoticeAStranger() {
    Sighting real = records.get(0);
    records.add(
        new Sighting(
            new Place("t.account.dead-letter", 0, 0),
            Kind.STRANGER,
            "message:account.dead-letter",
            null,
            null,
            real.marks()));
    assertThat(counts()).containsEntry("phantom", 1L);
  }

  @Test
  void shouldNoticeTwoThatChangedPlaces() {
    swapTwoOf(telling('u').and(each -> !Objects.requireNonNull(each.fact()).changesNothing()));
    assertThat(counts().get("out_of_order")).isPositive();
    assertThat(counts()).containsEntry("lost", 0L).containsEntry("duplicated", 0L);
  }

  @Test
  void shouldNoticeTwoKeysThatChangedPlacesWhereTheOrderIsThatOfTheCommits() {
    // Given
    truth = new Truth(truth.facts(), truth.tables(), truth.commits(), true);
    assertThat(counts().values()).containsOnly(0L);
    int index = neighboursOfTwoKeys();

    // When
    Collections.swap(records, index, index + 1);
    swapMarks(index, index + 1);

    // Then
    assertThat(counts().get("out_of_order")).isPositive();
    truth = new Truth(truth.facts(), truth.tables(), truth.commits(), false);
    assertThat(counts()).containsEntry("out_of_order", 0L);
  }

  @Test
  void shouldNoticeTwoMessagesThatChangedPlaces() {
    swapTwoOf(telling('m'));
    assertThat(counts().get("out_of_order")).isPositive();
  }

  @Test
  void shouldNoticeWhatSlippedPastATruncate() {
    int index = any(kind(Kind.TRUNCATE));
    int change = index - 1;
    while (records.get(change).kind() != Kind.ROW) {
      change--;
    }
    Collections.swap(records, index, change);
    swapMarks(index, change);
    assertThat(counts().get("out_of_order")).isPositive();
  }

  @Test
  void shouldNoticeAPositionThatGoesBack() {
    int index = any(telling('u'));
    Sighting each = records.get(index);
    records.set(index, marked(each, marks -> new Marks(marks.id(), "", marks.xid())));
    assertThat(counts()).containsEntry("out_of_order", 1L);
  }

  @Test
  void shouldNoticeAKeyInTwoPartitions() {
    int index = any(telling('u'));
    Sighting each = records.get(index);
    Place place = new Place(each.place().topic(), 7, each.place().offset());
    records.set(
        index,
        new Sighting(place, each.kind(), each.table(), each.key(), each.fact(), each.marks()));
    assertThat(counts().get("out_of_order")).isPositive();
  }

  @Test
  void shouldNoticeAWrongImage() {
    int index = any(telling('u'));
    Fact fact = Objects.requireNonNull(records.get(index).fact());
    Image after = Objects.requireNonNull(fact.after());
    Fact wrong =
        new Fact(fact.table(), 'u', fact.key(), fact.before(), new Image("eid='?'", after.eid()));
    records.set(index, told(records.get(index), wrong));
    assertThat(counts()).containsEntry("images", 1L).containsEntry("lost", 0L);
  }

  @Test
  void shouldMissALostTombstone() {
    records.remove(any(kind(Kind.TOMBSTONE)));
    assertThat(counts()).containsEntry("tombstones", 1L);
  }

  @Test
  void shouldNoticeATombstoneOfARowThatIsThere() {
    int index = any(telling('u'));
    Sighting each = records.get(index);
    records.add(
        index + 1,
        new Sighting(
            each.place(),
            Kind.TOMBSTONE,
            each.table(),
            each.key(),
            null,
            again(each.marks(), "tombstone")));
    assertThat(counts()).containsEntry("tombstones", 1L);
  }

  @Test
  void shouldNoticeAStartingStateThatIsStale() {
    int index = any(telling('r'));
    Sighting each = records.get(index);
    Fact stale = new Fact(each.table(), 'r', each.key(), null, new Image("eid='stale'", 1_000_000));
    records.set(index, told(each, stale));
    assertThat(counts().get("out_of_order")).isPositive();
  }

  @Test
  void shouldNoticeATableThatTheTopicDoesNotMake() {
    Map<String, Image> rows =
        new HashMap<>(Objects.requireNonNull(truth.tables().get(Histories.TABLE)).atEnd());
    rows.put("id=99", new Image("eid='99'", 99));
    Truth.TableTruth known = Objects.requireNonNull(truth.tables().get(Histories.TABLE));
    truth =
        new Truth(
            truth.facts(),
            Map.of(
                Histories.TABLE, new Truth.TableTruth(known.shape(), true, known.atWatch(), rows)),
            Map.of(),
            false);
    assertThat(counts()).containsEntry("state", 1L).containsEntry("lost", 0L);
  }

  @Test
  void shouldNoticeACheckpointAheadOfItsData() {
    // Given: when the first was seen, the record was not there; when the second was, it was
    Sighting record = records.get(any(telling('u')));
    String partition = record.place().topic() + '-' + record.place().partition();
    long offset = record.place().offset();
    long xid = record.marks().xid();
    CheckpointSample behind =
        new CheckpointSample("behind", (each, end) -> each < xid, Map.of(partition, offset));
    CheckpointSample ahead =
        new CheckpointSample("ahead", (each, end) -> each <= xid, Map.of(partition, offset));
    CheckpointSample after =
        new CheckpointSample("after", (each, end) -> each <= xid, Map.of(partition, offset + 1));

    // Then
    assertThat(aheadOf(record, List.of(behind, after))).isZero();
    assertThat(aheadOf(record, List.of(behind, ahead, after))).isOne();
  }

  @Test
  void shouldNoticeACheckpointAheadByItsPlaceInTheWal() {
    // Given
    Sighting record = records.get(any(telling('u')));
    String partition = record.place().topic() + '-' + record.place().partition();
    Map<String, Long> ends = Map.of(partition, record.place().offset());
    truth = new Truth(truth.facts(), truth.tables(), Map.of(record.marks().xid(), 100L), false);

    // Then
    assertThat(aheadOf(record, List.of(new CheckpointSample("99", (xid, end) -> end <= 99, ends))))
        .isZero();
    assertThat(
            aheadOf(record, List.of(new CheckpointSample("100", (xid, end) -> end <= 100, ends))))
        .isOne();
  }

  @Test
  void shouldNoticeASlotAheadOfItsCheckpoint() {
    assertThat(aheadOfSlot(new SlotSample(99, 100, ""), new SlotSample(100, 100, ""))).isZero();
    assertThat(aheadOfSlot(new SlotSample(99, 100, ""), new SlotSample(101, 100, ""))).isOne();
  }

  @Test
  void shouldNotAskForMoreOfARowBeforeThanIsTold() {
    // Given
    Truth.TableTruth table = Objects.requireNonNull(truth.tables().get(Histories.TABLE));
    Truth.TableTruth partial =
        new Truth.TableTruth(table.shape(), false, table.atWatch(), table.atEnd());
    truth =
        new Truth(
            truth.facts().stream().map(ChecksTest::withoutBefore).toList(),
            Map.of(Histories.TABLE, partial),
            Map.of(),
            false);
    records.replaceAll(
        each -> {
          Fact fact = each.fact();
          return fact == null ? each : told(each, withoutBefore(fact));
        });

    // Then
    assertThat(counts().values()).containsOnly(0L);
    records.remove(any(telling('c').and(this::isFollowed)));
    assertThat(counts().get("out_of_order")).isPositive();
  }

  /** By a change of the same row, which needs it. */
  private boolean isFollowed(Sighting sighting) {
    return records.subList(records.indexOf(sighting) + 1, records.size()).stream()
        .filter(each -> Objects.equals(each.line(), sighting.line()))
        .map(Sighting::fact)
        .filter(Objects::nonNull)
        .findFirst()
        .filter(fact -> fact.op() == 'u' || fact.op() == 'd')
        .isPresent();
  }

  @Test
  void shouldNoticeThatALiveReaderSawSomethingElse() {
    // Given
    Map<String, List<Glimpse>> live = new HashMap<>();
    for (Sighting each : records) {
      live.computeIfAbsent(
              each.place().topic() + '-' + each.place().partition(), name -> new ArrayList<>())
          .add(new Glimpse(each.place().offset(), each.marks().position()));
    }
    assertThat(different(live)).isZero();
    List<Glimpse> one = live.values().iterator().next();

    // Then: also where it has not read everything yet
    Glimpse last = one.remove(one.size() - 1);
    assertThat(different(live)).isZero();
    one.add(new Glimpse(last.offset(), "taken back"));
    assertThat(different(live)).isOne();
    one.set(one.size() - 1, last);
    one.add(new Glimpse(last.offset() + 1, "gone since"));
    assertThat(different(live)).isOne();
  }

  private Map<String, Long> counts() {
    return Histories.counts(truth, records);
  }

  private long aheadOf(Sighting record, List<CheckpointSample> samples) {
    return new CheckpointLead(samples)
        .findings(truth, Histories.seen(List.of(record)))
        .get(0)
        .count();
  }

  private static Fact withoutBefore(Fact fact) {
    return new Fact(fact.table(), fact.op(), fact.key(), null, fact.after());
  }

  private long aheadOfSlot(SlotSample... samples) {
    return new SlotLead(List.of(samples)).findings(truth, Histories.seen(records)).get(0).count();
  }

  private long different(Map<String, List<Glimpse>> live) {
    return new LiveView(live).findings(truth, Histories.seen(records)).get(0).count();
  }

  /** Two of one key, next to each other but for others. */
  private void swapTwoOf(Predicate<Sighting> kind) {
    Map<String, Integer> last = new HashMap<>();
    for (int i = 0; i < records.size(); i++) {
      Sighting each = records.get(i);
      if (each.kind() == Kind.TRUNCATE) {
        last.clear();
      } else if (each.line() != null) {
        String line = each.line();
        Integer before = kind.test(each) ? last.put(line, i) : last.remove(line);
        if (before != null && kind.test(each)) {
          Collections.swap(records, before, i);
          swapMarks(before, i);
          return;
        }
      }
    }
    throw new AssertionError("No two of them in a row; seed " + seed);
  }

  /** The first of two creations or updates, of two keys, that follow one another. */
  private int neighboursOfTwoKeys() {
    Predicate<Sighting> changing = telling('c').or(telling('u'));
    for (int i = 0; i + 1 < records.size(); i++) {
      Sighting one = records.get(i);
      Sighting other = records.get(i + 1);
      if (changing.test(one)
          && changing.test(other)
          && one.place().partition() == other.place().partition()
          && !Objects.equals(one.line(), other.line())) {
        return i;
      }
    }
    throw new AssertionError("No two keys in a row; seed " + seed);
  }

  /** As if they had been published so: only what they tell has changed places. */
  private void swapMarks(int one, int other) {
    Sighting first = records.get(one);
    Sighting second = records.get(other);
    records.set(one, at(first, second));
    records.set(other, at(second, first));
  }

  private static Sighting at(Sighting each, Sighting place) {
    Marks marks = new Marks(each.marks().id(), place.marks().position(), each.marks().xid());
    return new Sighting(place.place(), each.kind(), each.table(), each.key(), each.fact(), marks);
  }

  private static Marks again(Marks marks, String id) {
    return new Marks(id, marks.position() + "+", marks.xid());
  }

  private static Sighting marked(Sighting each, UnaryOperator<Marks> change) {
    return new Sighting(
        each.place(),
        each.kind(),
        each.table(),
        each.key(),
        each.fact(),
        change.apply(each.marks()));
  }

  private static Sighting told(Sighting each, Fact fact) {
    return new Sighting(each.place(), each.kind(), each.table(), each.key(), fact, each.marks());
  }

  private static Predicate<Sighting> telling(char op) {
    return sighting -> sighting.fact() != null && sighting.fact().op() == op;
  }

  private static Predicate<Sighting> kind(Kind kind) {
    return sighting -> sighting.kind() == kind;
  }

  /** The index of a random one of those, but not the first record. */
  private int any(Predicate<Sighting> wanted) {
    List<Integer> indexes = new ArrayList<>();
    for (int i = 1; i < records.size(); i++) {
      if (wanted.test(records.get(i))) {
        indexes.add(i);
      }
    }
    return indexes.get(random.nextInt(indexes.size()));
  }
}
