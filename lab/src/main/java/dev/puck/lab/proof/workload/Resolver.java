package dev.puck.lab.proof.workload;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** The second phase of two: commits what was prepared a moment ago, and rolls some of it back. */
final class Resolver implements Runnable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  private final Shared shared;

  Resolver(Shared shared) {
    this.shared = shared;
  }

  @Override
  public void run() {
    while (!shared.isStopping()) {
      try (Connection connection = shared.connect()) {
        while (!shared.isStopping()) {
          shared.during(() -> resolve(connection, "500 ms"));
          LockSupport.parkNanos(PAUSE_NANOS);
        }
      } catch (SQLException e) {
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Resolves all that are older. */
  static void resolve(Connection connection, String age) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      List<String> names = new ArrayList<>();
      try (ResultSet found =
          statement.executeQuery(
              """
              select gid from pg_prepared_xacts
               where database = current_database() and prepared <= now() - interval '%s'
              """
                  .formatted(age))) {
        while (found.next()) {
          names.add(found.getString(1));
        }
      }
      for (String name : names) {
        boolean commits = Math.floorMod(name.hashCode(), 5) > 0;
        statement.execute((commits ? "commit" : "rollback") + " prepared '" + name + "'");
      }
    }
  }
}
