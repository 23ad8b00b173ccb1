package dev.puck.service.connection;

import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells a refusal that needs another setting from a failure that passes, by SQLSTATE. */
public final class PostgresFailure {
  private static final String INVALID_PASSWORD = "28P01";
  private static final String INVALID_AUTHORIZATION = "28000";
  private static final String NOT_PERMITTED = "42501";
  private static final String NO_SUCH_DATABASE = "3D000";

  /** The driver's own: the server wants a password, or another kind of it, or has no SSL. */
  private static final String REJECTED = "08004";

  private PostgresFailure() {}

  /** Why a connection could not be made. */
  static RuntimeException connecting(PostgresConfig config, SQLException e) {
    String state = stateOf(e);
    String where = "PostgreSQL at " + config.address();
    return switch (state) {
      case INVALID_PASSWORD, INVALID_AUTHORIZATION, REJECTED, NOT_PERMITTED ->
          new ConfigException(
              where
                  + " refuses "
                  + (config.user() == null ? "the user" : "user '" + config.user() + "'")
                  + " ("
                  + firstLine(e)
                  + "). Check user, password and role, and pg_hba.conf.",
              e);
      case NO_SUCH_DATABASE ->
          new ConfigException(
              where + ": that database does not exist. Create it, or correct the url.", e);
      default ->
          new TransientException(
              where
                  + " cannot be reached ("
                  + firstLine(e)
                  + "). Is it running, and is the url right?",
              e);
    };
  }

  /** What went wrong while working with the database. */
  public static TransientException working(PostgresConfig config, String doing, SQLException e) {
    return new TransientException(
        "PostgreSQL at " + config.address() + " failed while " + doing + " (" + firstLine(e) + ").",
        e);
  }

  /** The error's SQLSTATE; empty where it has none. */
  public static String stateOf(SQLException e) {
    @Nullable String state = e.getSQLState();
    return state == null ? "" : state;
  }

  private static String firstLine(SQLException e) {
    @Nullable String message = e.getMessage();
    return message == null
        ? e.getClass().getSimpleName()
        : message.lines().findFirst().orElse("").replaceFirst("\\.$", "");
  }
}
