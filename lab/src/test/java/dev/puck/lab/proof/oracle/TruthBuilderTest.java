package dev.puck.lab.proof.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Image;
import dev.puck.lab.proof.history.Shape;
import dev.puck.lab.proof.history.Tables;
import dev.puck.lab.proof.history.Truth;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TruthBuilderTest {
  private static final String TABLE = "prove.nest";
  private static final Shape SHAPE = Objects.requireNonNull(Tables.shape(TABLE));

  private final TruthBuilder builder = new TruthBuilder();

  @Test
  void shouldTellOnlyWhatHappenedSinceTheTableWasWatched() {
    // When
    builder.add(insert(1, 10));
    watch();
    builder.add(insert(2, 11));
    Truth truth = builder.build(Map.of(TABLE, Map.of("id=1", row(1, 10), "id=2", row(2, 11))));

    // Then
    assertThat(truth.facts()).extracting(Fact::identity).containsExactly(TABLE + " c id=2 >11");
    assertThat(Objects.requireNonNull(truth.tables().get(TABLE)).atWatch())
        .containsOnlyKeys("id=1");
  }

  @Test
  void shouldTellAChangedKeyAsDeletionAndCreation() {
    watch();
    builder.add(insert(1, 10));
    builder.add(
        "table prove.nest: UPDATE: old-key: id[integer]:1 ver[bigint]:0 eid[bigint]:10"
            + " new-tuple: id[integer]:2 ver[bigint]:0 eid[bigint]:11 note[text]:null");
    Truth truth = builder.build(Map.of(TABLE, Map.of("id=2", row(2, 11))));
    assertThat(truth.facts())
        .extracting(Fact::identity)
        .containsExactly(TABLE + " c id=1 >10", TABLE + " d id=1 10>", TABLE + " c id=2 >11");
  }

  @Test
  void shouldCountAPartitionAsItsTable() {
    builder.add("table prove.watched: INSERT: name[text]:'prove.parted'");
    builder.add(
        "table prove.parted_2: INSERT: id[integer]:1 region[integer]:2 ver[bigint]:0"
            + " eid[bigint]:10 note[text]:null");
    builder.add(
        "table prove.parted_2: DELETE: id[integer]:1 region[integer]:2 ver[bigint]:0"
            + " eid[bigint]:10");
    Truth truth = builder.build(Map.of("prove.parted", Map.of()));
    assertThat(truth.facts())
        .extracting(Fact::identity)
        .containsExactly("prove.parted c id=1,region=2 >10", "prove.parted d id=1,region=2 10>");
  }

  @Test
  void shouldTellMessagesByWhatWasNotedOfThem() {
    builder.add(
        "table prove.sent: INSERT: eid[bigint]:7 channel[text]:'note' key[text]:'3'"
            + " payload[text]:'{\"eid\":7}'");
    assertThat(builder.build(Map.of()).facts())
        .containsExactly(new Fact("message:note", 'm', "3", null, new Image("{\"eid\":7}", 7)));
  }

  @Test
  void shouldRefuseToJudgeWhereTheTableDisagrees() {
    watch();
    builder.add(insert(1, 10));
    builder.add("table prove.nest: TRUNCATE: (no-flags)");
    assertThatThrownBy(() -> builder.build(Map.of(TABLE, Map.of("id=1", row(1, 10)))))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("prove.nest do not agree");
  }

  private void watch() {
    builder.add("table prove.watched: INSERT: name[text]:'prove.nest'");
  }

  private static String insert(int id, int eid) {
    return "table prove.nest: INSERT: id[integer]:%d ver[bigint]:0 eid[bigint]:%d note[text]:null"
        .formatted(id, eid);
  }

  private static Image row(int id, int eid) {
    return SHAPE.image(
        Map.of("id", Integer.toString(id), "ver", "0", "eid", Integer.toString(eid)));
  }
}
