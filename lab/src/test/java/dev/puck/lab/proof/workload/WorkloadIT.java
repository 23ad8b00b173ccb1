package dev.puck.lab.proof.workload;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.lab.proof.Subject;
import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Truth;
import dev.puck.lab.proof.oracle.Oracle;
import dev.puck.lab.proof.outbox.OutboxSubject;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the writers do is decoded rightly, and is what the capture caught. */
@ExtendWith(PuckExtension.class)
class WorkloadIT {
  private static final int STEPS = 400;
  private static final Mix MIX = new Mix(4, 2, 10_000, Mix.ALL.steps(), /* prepares= */ false);

  /** How many of c, u, d, t and m there are; a truncate is the choice of few steps. */
  private static final String KINDS = "count(distinct coalesce(nullif(op, '-'), kind))";

  private final long seed = new Random().nextLong();

  @Test
  void shouldBeDecodedAsItWasCaptured(TestEnvironment environment)
      throws SQLException, InterruptedException {
    System.out.println("seed " + seed);
    // Given
    Subject subject = new OutboxSubject();
    Oracle oracle = new Oracle(environment.name(), subject.capture());
    subject.install(
        environment::connect,
        new Subject.Setting(environment.name(), environment.url(), "", "", ""));
    try (Connection connection = environment.connect()) {
      oracle.begin(connection);
      Workload.install(environment::connect, subject.capture());

      // When
      try (Workload workload = Workload.start(environment::connect, subject.capture(), MIX, seed)) {
        await().atMost(Duration.ofMinutes(1)).until(() -> workload.steps() > STEPS);
        workload.watchLate();
        await().atMost(Duration.ofMinutes(1)).until(() -> workload.steps() > 2 * STEPS);
        await().atMost(Duration.ofMinutes(1)).until(() -> count(connection, KINDS) == 5);
        workload.stop();
      }

      // Then: a changed key is two facts and one row of the outbox
      Truth truth = oracle.read(connection);
      oracle.end(connection);
      assertThat(truth.facts().size())
          .isGreaterThan(STEPS)
          .isEqualTo(count(connection, "count(*) + count(old_key)"));
      assertThat(truth.facts())
          .extracting(Fact::op)
          .contains('c', 'u', 'd', 't', 'm')
          .doesNotContain('r');
      assertThat(truth.tables()).containsKey("prove.late_1");
      assertThat(count(connection, "count(*) filter (where kind = 'm')"))
          .isEqualTo(truth.facts().stream().filter(fact -> fact.op() == 'm').count());
    }
  }

  private static int count(Connection connection, String expression) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select " + expression + " from puck.outbox")) {
      row.next();
      return row.getInt(1);
    }
  }
}
