package dev.puck.lab.proof.check;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.lab.proof.history.Boundary;
import dev.puck.lab.proof.history.Part;
import dev.puck.lab.proof.history.Sighting;
import dev.puck.lab.proof.history.Sighting.Kind;
import dev.puck.lab.proof.history.Sighting.Marks;
import dev.puck.lab.proof.history.Sighting.Place;
import dev.puck.lab.proof.history.Truth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The check is silent where all fits, and speaks up where one thing does not. */
class TransactionsTest {
  private static final Place PLACE = new Place("t", 0, 0);

  private final List<Boundary> boundaries =
      new ArrayList<>(
          List.of(
              new Boundary(PLACE, 7, false, Map.of()),
              new Boundary(PLACE, 7, true, Map.of("a", 2L, "b", 1L))));
  private final List<Part> parts =
      new ArrayList<>(List.of(part("a", 1, 1), part("b", 2, 1), part("a", 3, 2)));
  private final List<Sighting> records = new ArrayList<>(List.of(row(7)));

  @Test
  void shouldBeSilentWhereAllFits() {
    assertThat(found()).isZero();
  }

  @Test
  void shouldMissABeginning() {
    boundaries.remove(0);
    assertThat(found()).isPositive();
  }

  @Test
  void shouldMissAnEnd() {
    boundaries.remove(1);
    assertThat(found()).isPositive();
  }

  @Test
  void shouldNoticeASecondEnd() {
    boundaries.add(boundaries.get(1));
    assertThat(found()).isPositive();
  }

  @Test
  void shouldNoticeAnEndBeforeItsBeginning() {
    boundaries.add(boundaries.remove(0));
    assertThat(found()).isPositive();
  }

  @Test
  void shouldMissAChangeThatWasCounted() {
    parts.remove(2);
    assertThat(found()).isPositive();
  }

  @Test
  void shouldNoticeANumberThatIsThereTwice() {
    parts.set(2, part("a", 2, 2));
    assertThat(found()).isPositive();
  }

  @Test
  void shouldNoticeThatATableBeginsAnew() {
    parts.set(2, part("a", 3, 1));
    assertThat(found()).isPositive();
  }

  @Test
  void shouldNoticeARowWhoseTransactionNobodyToldOf() {
    records.add(row(8));
    assertThat(found()).isPositive();
  }

  @Test
  void shouldNoticeATransactionWithoutRows() {
    boundaries.add(new Boundary(PLACE, 9, false, Map.of()));
    boundaries.add(new Boundary(PLACE, 9, true, Map.of("a", 1L)));
    assertThat(found()).isPositive();
  }

  private long found() {
    Truth nothing = new Truth(List.of(), Map.of(), Map.of(), false);
    return new Transactions()
        .findings(nothing, Histories.seen(records, boundaries, parts)).stream()
            .mapToLong(Finding::count)
            .sum();
  }

  private static Part part(String table, long total, long inTable) {
    return new Part(PLACE, 7, table, total, inTable);
  }

  private static Sighting row(long xid) {
    return new Sighting(PLACE, Kind.ROW, "a", "k", null, new Marks("id", "p", xid));
  }
}
