package dev.puck.lab.proof;

import dev.puck.lab.proof.observer.Slot;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;

/**
 * Takes a slot away while no bridge runs: what was committed since is lost to whoever comes next.
 */
final class SlotDrop {
  private static final Duration REFUSED_WITHIN = Duration.ofMinutes(1);

  private final Trial trial;
  private final Slot slot;

  SlotDrop(Trial trial, Slot slot) {
    this.trial = trial;
    this.slot = slot;
  }

  /** Whether the next bridge refuses to go on, rather than to do so silently. Ends the others. */
  boolean isNoticed() throws SQLException, InterruptedException {
    trial.fleet().keep(0);
    trial.canary().sing();
    drop();
    return trial.fleet().isRefused(REFUSED_WITHIN);
  }

  /** What the killed bridge held, slot and leadership, may not have been let go of yet. */
  private void drop() throws SQLException {
    try (Connection connection = trial.database().connect()) {
      run(
          connection,
          "select pg_terminate_backend(pid, 30000) from pg_stat_activity where application_name = ?",
          "puck bridge " + slot.bridge());
      run(connection, "select pg_drop_replication_slot(?)", slot.name());
    }
  }

  private static void run(Connection connection, String sql, String argument) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, argument);
      statement.execute();
    }
  }
}
