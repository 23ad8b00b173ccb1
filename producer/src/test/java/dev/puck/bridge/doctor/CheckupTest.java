package dev.puck.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.doctor.CheckResult.Outcome;
import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import java.util.List;
import org.junit.jupiter.api.Test;

class CheckupTest {
  @Test
  void shouldRunAllWhateverBecomesOfTheOthers() throws InterruptedException {
    // Given
    Checkup<String> checkup =
        new Checkup<>(
            "Group",
            List.of(
                check("broken", findings -> throwing(new SQLException("cut"))),
                check("refused", findings -> throwing(new ConfigException("no right"))),
                check("away", findings -> throwing(new TransientException("gone"))),
                check("worse", findings -> notesAndProblems(findings)),
                check("noted", findings -> findings.note("n", "f")),
                check("well", findings -> findings.saw("all of it"))));

    // When
    Report report = new Report(checkup.run("end"));

    // Then
    assertThat(report.results())
        .extracting(CheckResult::outcome)
        .containsExactly(
            Outcome.PROBLEM,
            Outcome.PROBLEM,
            Outcome.PROBLEM,
            Outcome.PROBLEM,
            Outcome.NOTE,
            Outcome.OK);
    assertThat(report.results().get(0).findings())
        .extracting(Finding::what)
        .containsExactly("It cannot be checked: cut.");
    assertThat(report.results().get(5).seen()).isEqualTo("all of it");
    assertThat(report.isHealthy()).isFalse();
    assertThat(report.count(Finding.Severity.NOTE)).isEqualTo(2);
  }

  @Test
  void shouldBeHealthyWithNotes() {
    Findings findings = new Findings();
    findings.note("n", "f");
    assertThat(new Report(List.of(CheckResult.of("g", "c", findings))).isHealthy()).isTrue();
  }

  private static void notesAndProblems(Findings findings) {
    findings.problem("p", "f");
    findings.note("n", "f");
  }

  private static void throwing(Exception e) throws SQLException {
    if (e instanceof SQLException sql) {
      throw sql;
    }
    throw (RuntimeException) e;
  }

  private interface Look {
    void at(Findings findings) throws SQLException;
  }

  private static Check<String> check(String name, Look look) {
    return new Check<>() {
      @Override
      public String name() {
        return name;
      }

      @Override
      public void look(String end, Findings findings) throws SQLException {
        look.at(findings);
      }
    };
  }
}
