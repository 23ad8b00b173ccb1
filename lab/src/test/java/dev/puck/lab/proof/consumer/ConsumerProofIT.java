package dev.puck.lab.proof.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.lab.proof.ProofReport;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short version of {@code puck prove consumer}. */
class ConsumerProofIT {
  private static final int KILLS = 3;
  private static final long SEED = 1;

  @Test
  void shouldEqualTheTruthThroughThreeKillsAndNoticeASabotage()
      throws SQLException, InterruptedException {
    // Given
    List<ConsumerControl> one =
        ConsumerControl.all().stream()
            .filter(each -> each.name().equals("offsets-outside-transaction"))
            .toList();

    // When
    ProofReport report =
        ConsumerProof.run(
            new ConsumerOptions(KILLS, SEED, Duration.ZERO, one), System.out::println);

    // Then
    System.out.println(report.toJson());
    assertThat(report.problems()).as("logs in %s", report.kept()).isEmpty();
    assertThat(report.counts())
        .containsKeys("topics", "memory", "redis", "summary", "reducer", "went_back", "invented");
    assertThat(report.counts().values()).containsOnly(0L);
    assertThat(report.kills()).isGreaterThanOrEqualTo(KILLS);
    assertThat(report.controls()).containsOnlyKeys("offsets-outside-transaction");
    assertThat(report.controls()).containsValue("caught");
  }
}
