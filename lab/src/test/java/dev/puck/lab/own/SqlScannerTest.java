package dev.puck.lab.own;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SqlScannerTest {
  private final List<String> problems = new ArrayList<>();

  @Test
  void shouldFindParametersAndStatements() {
    SqlFile file =
        SqlScanner.scan(
            "insert into a values (:key, :sequence::int);\n-- the end;\nupdate b set c = :random;",
            problems);

    assertThat(problems).isEmpty();
    assertThat(file.statements()).hasSize(2);
    assertThat(file.statements().get(0).sql()).isEqualTo("insert into a values (?, ?::int)");
    assertThat(file.statements().get(0).parameters())
        .containsExactly(Parameter.KEY, Parameter.SEQUENCE);
    assertThat(file.statements().get(1).parameters()).containsExactly(Parameter.RANDOM);
  }

  @Test
  void shouldLeaveAloneWhatIsQuoted() {
    String sql =
        "select ':key', E'\\':key', \":key\", $$:key;$$, $a$ :key; $a$ /* :key; */ from t"
            + " where j ? 'a'";

    SqlFile file = SqlScanner.scan(sql, problems);

    assertThat(problems).isEmpty();
    assertThat(file.statements()).hasSize(1);
    assertThat(file.statements().get(0).sql()).isEqualTo(sql.replace("j ?", "j ??"));
    assertThat(file.has(Parameter.KEY)).isFalse();
  }

  @Test
  void shouldTellEveryUnknownName() {
    SqlScanner.scan("select :kee, :id", problems);

    assertThat(problems)
        .containsExactly(
            "has :kee in it; there are :key, :random, :sequence, :worker, and :: is a cast",
            "has :id in it; there are :key, :random, :sequence, :worker, and :: is a cast");
  }

  @Test
  void shouldWantAStatement() {
    SqlScanner.scan("-- nothing\n ;", problems);

    assertThat(problems).containsExactly("has no statement in it");
  }
}
