package dev.puck.lab.proof.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.lab.proof.history.Capture;
import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Image;
import dev.puck.lab.proof.history.Shape;
import dev.puck.lab.proof.history.Tables;
import dev.puck.lab.proof.history.Truth;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class TruthBuilderTest {
  private static final String TABLE = "prove.nest";
  private static final Shape SHAPE = Objects.requireNonNull(Tables.shape(TABLE));

  private static final Capture WHOLE = new Capture("", true, false);
  private static final Capture LOGGED = new Capture("", false, true);

  private final TruthBuilder builder = new TruthBuilder(WHOLE);

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

  @Test
  void shouldKnowARowBeforeThatWasNotLogged() {
    Truth truth = keyed(new TruthBuilder(WHOLE));
    assertThat(truth.facts())
        .containsExactly(
            new Fact("prove.keyed", 'c', "id=1", null, keyed(1, 10, "long")),
            new Fact("prove.keyed", 'u', "id=1", keyed(1, 10, "long"), keyed(1, 11, "long")),
            new Fact("prove.keyed", 'd', "id=1", keyed(1, 11, "long"), null),
            new Fact("prove.keyed", 'c', "id=2", null, keyed(2, 12, "long")),
            new Fact("prove.keyed", 'd', "id=2", keyed(2, 12, "long"), null));
    assertThat(truth.commits()).containsExactly(Map.entry(7L, 1_000L));
  }

  @Test
  void shouldTellWhatWasLoggedAndNoMore() {
    Truth truth = keyed(new TruthBuilder(LOGGED));
    String unknown = Image.UNAVAILABLE;
    assertThat(truth.facts())
        .containsExactly(
            new Fact("prove.keyed", 'c', "id=1", null, keyed(1, 10, "long")),
            new Fact("prove.keyed", 'u', "id=1", null, keyed(1, 11, unknown)),
            new Fact("prove.keyed", 'd', "id=1", new Image("id='1'", -1), null),
            new Fact("prove.keyed", 'c', "id=2", null, keyed(2, 12, unknown)),
            new Fact("prove.keyed", 'd', "id=2", new Image("id='2'", -1), null));
    assertThat(Objects.requireNonNull(truth.tables().get("prove.keyed")).wholeRows()).isFalse();
  }

  /** A table whose rows are identified by their key alone, and have a long value. */
  private static Truth keyed(TruthBuilder builder) {
    String tuple = "id[integer]:%d ver[bigint]:0 eid[bigint]:%d note[text]:null body[text]:%s";
    String unchanged = "unchanged-toast-datum";
    for (String line :
        List.of(
            "watched: INSERT: name[text]:'prove.keyed'",
            "keyed: INSERT: " + tuple.formatted(1, 10, "'long'"),
            "keyed: UPDATE: " + tuple.formatted(1, 11, unchanged),
            "keyed: UPDATE: old-key: id[integer]:1 new-tuple: " + tuple.formatted(2, 12, unchanged),
            "keyed: DELETE: id[integer]:2")) {
      builder.add("table prove." + line);
    }
    builder.addCommit(7, 1_000);
    return builder.build(Map.of("prove.keyed", Map.of()));
  }

  private static Image keyed(int id, int eid, String body) {
    return Objects.requireNonNull(Tables.shape("prove.keyed"))
        .image(
            Map.of(
                "id",
                Integer.toString(id),
                "ver",
                "0",
                "eid",
                Integer.toString(eid),
                "body",
                body));
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
