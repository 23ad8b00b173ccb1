package dev.puck.lab.proof;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.lab.proof.outbox.OutboxSubject;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A short version of {@code puck prove outbox}. */
class ProofIT {
  private static final int KILLS = 10;
  private static final long SEED = 1;

  @Test
  void shouldLoseAndRepeatNothingThroughTenKillsAndNoticeASabotage()
      throws SQLException, InterruptedException {
    // Given
    Subject subject = new OutboxSubject();
    List<Control> one =
        subject.controls().stream().filter(each -> each.name().equals("uncapped-xmax")).toList();

    // When
    ProofReport report =
        Proof.run(new ProofOptions(subject, KILLS, SEED, Duration.ZERO, one), System.out::println);

    // Then
    System.out.println(report.toJson());
    assertThat(report.problems()).as("histories in %s", report.kept()).isEmpty();
    assertThat(report.counts()).containsKeys("lost", "duplicated", "phantom", "out_of_order");
    assertThat(report.counts().values()).containsOnly(0L);
    assertThat(report.kills()).isGreaterThanOrEqualTo(KILLS);
    assertThat(report.controls()).containsOnlyKeys("uncapped-xmax").containsValue("caught");
  }
}
