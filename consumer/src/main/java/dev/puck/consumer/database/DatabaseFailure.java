package dev.puck.consumer.database;

import dev.puck.consumer.projection.StalledException;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.PostgresFailure;
import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Tells by SQLSTATE what to do about a failure. */
public final class DatabaseFailure {
  /** Connection, serialization and deadlock, resources, operator: all of them pass. */
  private static final Set<String> PASSING = Set.of("08", "40", "53", "57", "");

  /** Data and integrity constraints: the same events fail again. */
  private static final Set<String> POISON = Set.of("22", "23");

  private DatabaseFailure() {}

  /** Whether it is the fault of the events. */
  public static boolean isPoison(SQLException e) {
    return POISON.contains(classOf(e));
  }

  /** The first line of what PostgreSQL said, with its SQLSTATE. */
  public static String text(SQLException e) {
    @Nullable String message = e.getMessage();
    String line = message == null ? e.toString() : message.lines().findFirst().orElse("");
    return line + " (SQLSTATE " + PostgresFailure.stateOf(e) + ")";
  }

  /** As the caller of a projection has to see it. */
  static RuntimeException of(PostgresConfig config, String doing, SQLException thrown) {
    SQLException e = unwrapped(thrown);
    if (PASSING.contains(classOf(e))) {
      return PostgresFailure.working(config, doing, e);
    }
    return new StalledException(
        "PostgreSQL at "
            + config.address()
            + " refused "
            + doing
            + ": "
            + text(e)
            + ". Mend it there or correct the statement; it is tried again, and nothing is skipped.",
        e);
  }

  /** Of a batch, what the server said about its statement, and not the driver's quotation. */
  private static SQLException unwrapped(SQLException e) {
    @Nullable SQLException next = e.getNextException();
    return e instanceof BatchUpdateException && next != null ? next : e;
  }

  /** A pool that waited in vain has no SQLSTATE, or that of the last failed connection. */
  private static String classOf(SQLException e) {
    String state = PostgresFailure.stateOf(e);
    return state.length() < 2 ? "" : state.substring(0, 2);
  }
}
