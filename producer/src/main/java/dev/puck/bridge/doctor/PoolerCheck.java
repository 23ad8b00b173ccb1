package dev.puck.bridge.doctor;

import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.PGConnection;

/**
 * The bridge has sessions of its own: {@code LISTEN}, session settings and the lock by which it is
 * elected need one each, which a pooler that lends a server's session for one transaction takes
 * away.
 *
 * <p>Every session has a process of its own at the server, which {@code pg_backend_pid()} names. So
 * one connection asks, and then others do, in transactions that stay open for a while. If another
 * one has the same process, or the first one another process in a later transaction, sessions are
 * lent. Besides, a server tells its process when it is connected to; where that is another one than
 * answers, some pooler is in between, if only one that lends for a session's time.
 */
final class PoolerCheck implements Check<Connection> {
  private static final int OTHERS = 3;

  private final Postgres postgres;

  PoolerCheck(Postgres postgres) {
    this.postgres = postgres;
  }

  @Override
  public String name() {
    return "pooler";
  }

  @Override
  public void look(Connection first, Findings findings) throws SQLException {
    int told = first.unwrap(PGConnection.class).getBackendPID();
    int process = processOf(first);
    first.rollback();
    if (isLent(first, process)) {
      findings.saw("by transaction");
      findings.problem(
          "A pooler lends sessions for single transactions: LISTEN, the bridge's lock and its"
              + " settings do not last.",
          "Name the server itself in bridge.postgres.url, or a pool with pool_mode = session.");
    } else if (told != process) {
      findings.saw("by session");
      findings.note(
          "A pooler is in between, which lends a session for as long as the bridge is connected.",
          "Better name the server itself in bridge.postgres.url.");
    } else {
      findings.saw("none");
    }
  }

  private boolean isLent(Connection first, int process) throws SQLException {
    List<Connection> others = new ArrayList<>();
    try {
      for (int i = 0; i < OTHERS; i++) {
        Connection other = DatabaseEnd.connect(postgres);
        others.add(other);
        // Before the first one is asked again: a pool with but this one session would never answer.
        if (processOf(other) == process) {
          return true;
        }
      }
      return hasMoved(first, process, others);
    } finally {
      for (Connection other : others) {
        other.close();
      }
    }
  }

  /**
   * One after the other gives back what it holds, so that the first one, if it has no session of
   * its own, gets that: at once, where the pool lends what came last, or else one round later.
   */
  private static boolean hasMoved(Connection first, int process, List<Connection> others)
      throws SQLException {
    for (Connection other : others) {
      other.rollback();
      if (processOf(first) != process) {
        return true;
      }
      first.rollback();
    }
    return false;
  }

  private static int processOf(Connection connection) throws SQLException {
    return Query.one(connection, "select pg_catalog.pg_backend_pid()", row -> row.getInt(1));
  }
}
