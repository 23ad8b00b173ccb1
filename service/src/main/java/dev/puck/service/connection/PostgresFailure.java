package dev.puck.service.connection;

import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/** Tells a refusal that needs another setting from a failure that passes, by SQLSTATE. */
public final class PostgresFailure {
  private PostgresFailure() {}

  /** Why a connection could not be made. */
  static RuntimeException connecting(PostgresConfig config, SQLException e) {
    String state = stateOf(e);
    String where = "PostgreSQL at " + config.address();
    return switch (state) {
      case "28P01", "28000" ->
          new ConfigException(
              where
                  + " refuses user '"
                  + config.user()
                  + "' ("
                  + firstLine(e)
                  + "). Check user and password, and pg_hba.conf.",
              e);
      case "3D000" ->
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
        "PostgreSQL at " + config.address() + " failed while " + doing + ": " + firstLine(e), e);
  }

  /** The error's SQLSTATE; empty where it has none. */
  public static String stateOf(SQLException e) {
    @Nullable String state = e.getSQLState();
    return state == null ? "" : state;
  }

  private static String firstLine(SQLException e) {
    @Nullable String message = e.getMessage();
    return message == null ? e.getClass().getSimpleName() : message.lines().findFirst().orElse("");
  }
}
