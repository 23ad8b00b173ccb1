package dev.puck.lab.proof.oracle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;

import org.junit.jupiter.api.Test;

class RowParserTest {
  @Test
  void shouldReadAnInsert() {
    DecodedRow row =
        RowParser.parse(
                "table prove.account: INSERT: id[integer]:1 note[character varying]:'it''s \" \\'"
                    + " amount[numeric]:12.50 active[boolean]:true empty[text]:'' none[text]:null")
            .get(0);
    assertThat(row.table()).isEqualTo("prove.account");
    assertThat(row.verb()).isEqualTo("INSERT");
    assertThat(row.before()).isEmpty();
    assertThat(row.after())
        .containsExactly(
            entry("id", "1"),
            entry("note", "it's \" \\"),
            entry("amount", "12.50"),
            entry("active", "true"),
            entry("empty", ""),
            entry("none", null));
  }

  @Test
  void shouldReadAnUpdateWhoseTextLooksLikeALine() {
    DecodedRow row =
        RowParser.parse(
                "table prove.nest: UPDATE: old-key: id[integer]:1"
                    + " note[text]:' new-tuple: id[integer]:9'"
                    + " new-tuple: id[integer]:2 note[text]:'null' tags[text[]]:'{a,b}'")
            .get(0);
    assertThat(row.before())
        .containsExactly(entry("id", "1"), entry("note", " new-tuple: id[integer]:9"));
    assertThat(row.after())
        .containsExactly(entry("id", "2"), entry("note", "null"), entry("tags", "{a,b}"));
  }

  @Test
  void shouldTakeWhatAnUpdateLeftAloneFromTheRowBefore() {
    DecodedRow row =
        RowParser.parse(
                "table prove.large: UPDATE: old-key: id[integer]:1 body[text]:'long'"
                    + " new-tuple: id[integer]:1 body[text]:unchanged-toast-datum")
            .get(0);
    assertThat(row.after()).containsEntry("body", "long");
  }

  @Test
  void shouldReadADeletionAndQuotedNames() {
    DecodedRow row =
        RowParser.parse(
                "table prove.\"Odd\": DELETE: \"a \"\"b\"\" [c]\"[text]:'x\ny' id[bigint]:-7")
            .get(0);
    assertThat(row.after()).isEmpty();
    assertThat(row.before()).containsExactly(entry("a \"b\" [c]", "x\ny"), entry("id", "-7"));
  }

  @Test
  void shouldReadATruncateOfSeveralTables() {
    assertThat(RowParser.parse("table prove.a, prove.b: TRUNCATE: (no-flags)"))
        .extracting(DecodedRow::table)
        .containsExactly("prove.a", "prove.b");
  }

  @Test
  void shouldRefuseWhatIsNoRow() {
    assertThat(RowParser.isRow("BEGIN 742")).isFalse();
    assertThatThrownBy(() -> RowParser.parse("table prove.a INSERT"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("prove.a");
  }
}
