package dev.puck.consumer.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.consumer.config.SummaryConfig;
import dev.puck.consumer.config.TableName;
import dev.puck.service.config.ConfigException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SummaryStatementTest {
  private static final TableName TARGET = new TableName("twcache", "of \"all\"");

  @Test
  void shouldPutInParametersAndTheQuotedTable() {
    SummaryStatement statement =
        SummaryStatement.parse(
            "insert into :target select * from f(:events) where :events is not null", TARGET);
    assertThat(statement.sql())
        .isEqualTo(
            "insert into \"twcache\".\"of \"\"all\"\"\" select * from f(?::jsonb)"
                + " where ?::jsonb is not null");
    assertThat(statement.parameters()).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "select ':events', E'it\\'s :events', 'it''s :target'",
        "select \":events\" -- :events",
        "select 1 /* :events /* nested :target */ :events */",
        "select $$ :events $$, $a$ $b$ :events $b$ :target $a$",
        "select a::events, a :: target, x[1:n], :eventsfoo, :other",
        "select 'unclosed :events",
        "select name$1$ , other$1$",
        "do $puck_1$ begin :events end $puck_1$",
        "/* unclosed :events",
        "select 1 - 2 / 3 : 4 $1 $"
      })
  void shouldLeaveEverythingElseAsItIs(String sql) {
    SummaryStatement statement = SummaryStatement.parse(sql, TARGET);
    assertThat(statement.sql()).isEqualTo(sql);
    assertThat(statement.parameters()).isZero();
  }

  @Test
  void shouldKeepTheQuestionMarksOfJsonb() {
    assertThat(SummaryStatement.parse("select e ? 'a?' and e ?| b from :events", TARGET).sql())
        .isEqualTo("select e ?? 'a?' and e ??| b from ?::jsonb");
  }

  @Test
  void shouldGoOnBehindLiteralsAndCasts() {
    String sql = "select 'a''b', E'\\\\', U&'x', a::text, $$x$$, 1 /**/ from :events";
    assertThat(SummaryStatement.parse(sql, TARGET).parameters()).isEqualTo(1);
  }

  @Test
  void shouldRefuseEventsInACommentOnly() {
    SummaryConfig config =
        new SummaryConfig("s", List.of("t"), "a.b", "select 1 -- :events", null, null);
    assertThatThrownBy(() -> SummaryStatement.of(config))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("only inside a literal or a comment");
  }
}
