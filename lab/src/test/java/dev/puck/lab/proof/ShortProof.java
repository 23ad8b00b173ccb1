package dev.puck.lab.proof;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/** A short version of {@code puck prove}. */
final class ShortProof {
  private static final long SEED = 1;

  private ShortProof() {}

  static void prove(Subject subject, int kills, String sabotage)
      throws SQLException, InterruptedException {
    // Given
    List<Control> one =
        subject.controls().stream().filter(each -> each.name().equals(sabotage)).toList();

    // When
    ProofReport report =
        Proof.run(new ProofOptions(subject, kills, SEED, Duration.ZERO, one), System.out::println);

    // Then
    System.out.println(report.toJson());
    assertThat(report.problems()).as("histories in %s", report.kept()).isEmpty();
    assertThat(report.counts()).containsKeys("lost", "duplicated", "phantom", "out_of_order");
    assertThat(report.counts().values()).containsOnly(0L);
    assertThat(report.kills()).isGreaterThanOrEqualTo(kills);
    assertThat(report.controls()).containsOnlyKeys(sabotage).containsValue("caught");
  }
}
