package dev.puck.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.doctor.CheckResult.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The whole examination. */
@ExtendWith(ClinicExtension.class)
class DoctorIT {
  private final Clinic clinic;

  DoctorIT(Clinic clinic) {
    this.clinic = clinic;
  }

  @BeforeEach
  void prepare() throws Exception {
    clinic.makeWell();
  }

  @Test
  void shouldFindNothingWhereAllIsWellAndChangeNothing() throws Exception {
    // Given
    Set<String> topics = new TreeSet<>(clinic.admin().listTopics().names().get());
    String state = "select last_value || ' ' || is_called from puck.state";
    String before = clinic.column(state).get(0);

    // When
    Examination examination = clinic.examine(clinic.wakePoll());

    // Then
    assertThat(examination.findings())
        .singleElement()
        .asString()
        .startsWith("note: There is one broker: no topic has a second copy");
    assertThat(examination.report().isHealthy()).isTrue();
    assertThat(examination.report().results())
        .extracting(CheckResult::outcome)
        .doesNotContain(Outcome.SKIPPED);
    assertThat(clinic.admin().listTopics().names().get()).isEqualTo(topics);
    assertThat(clinic.column(state)).containsExactly(before);
    assertThat(clinic.column("select 1 from puck.bridge")).isEmpty();
  }

  @Test
  void shouldFindThatServersAreAwayAndLeaveOutTheRest() throws Exception {
    // When
    Examination examination =
        Examination.of(clinic.wakePoll().replace("/shop?", "/nothing?"), clinic.bootstrapServers());

    // Then
    assertThat(examination.findings("PostgreSQL", "connection"))
        .singleElement()
        .asString()
        .contains("/nothing: that database does not exist.");
    assertThat(examination.outcome("Outbox", "schema")).isEqualTo(Outcome.SKIPPED);
    assertThat(examination.outcome("Kafka", "replication")).isEqualTo(Outcome.NOTE);
  }

  @Test
  void shouldHaveAPageThatNamesEveryCheck() throws Exception {
    String page = Files.readString(Path.of("..", "docs", "doctor.md"));
    assertThat(clinic.examine(clinic.wakePoll()).report().results())
        .extracting(CheckResult::check)
        .allSatisfy(check -> assertThat(page).contains("| `" + check + "` |"));
  }
}
