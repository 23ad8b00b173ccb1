package dev.puck.lab.proof;

import dev.puck.lab.proof.workload.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The process of PostgreSQL that sends a bridge the WAL. */
final class WalSender {
  private static final String TERMINATE =
      """
      select pg_terminate_backend(active_pid) from pg_replication_slots
       where database = current_database() and plugin = 'pgoutput' and active_pid is not null
      """;

  private WalSender() {}

  /** Ends it; false if there was none. */
  static boolean terminate(Database database) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet ended = statement.executeQuery(TERMINATE)) {
      return ended.next() && ended.getBoolean(1);
    }
  }
}
