package dev.puck.service.connection;

import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Tells a refusal that needs another setting from a failure that passes, by SQLSTATE. */
public final class PostgresFailure {
  private static final String INVALID_PASSWORD = "28P01";
  private static final String INVALID_AUTHORIZATION = "28000";
  private static final String NOT_PERMITTED = "42501";
  private static final String NO_SUCH_DATABASE = "3D000";

  /** The driver's own: the server wants a password, or another kind of it, or has no SSL. */
  private static final String REJECTED = "08004";

  private static final String LOCK_NOT_AVAILABLE = "55P03";

  /**
   * Connection, rollback, resources, operator, system: what may pass without anybody's doing more.
   */
  private static final Set<String> PASSING_CLASSES = Set.of("", "08", "40", "53", "57", "58");

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

  /**
   * What the server answered to something that the user asked for: its own sentence, with its hint.
   *
   * @param subject what it is about, such as the table
   * @return a {@link TransientException} where the same may work later, else a {@link
   *     ConfigException}
   */
  public static RuntimeException answering(String subject, SQLException e) {
    String state = stateOf(e);
    boolean passes =
        state.equals(LOCK_NOT_AVAILABLE)
            || PASSING_CLASSES.contains(state.substring(0, Math.min(2, state.length())));
    String sentence = sentence(e);
    String text = sentence.contains(subject) ? sentence : subject + ": " + sentence;
    return passes ? new TransientException(text, e) : new ConfigException(text, e);
  }

  /** The server's message and hint, as one line that ends with a period. */
  public static String sentence(SQLException e) {
    @Nullable ServerErrorMessage answer = serverMessage(e);
    String message = answer == null ? null : answer.getMessage();
    String hint = answer == null ? null : answer.getHint();
    String text = message == null ? firstLine(e) : message.strip().replaceFirst("\\.$", "");
    return (hint == null ? text + "." : text + ". " + hint).replaceAll("\\s*\\R\\s*", " ");
  }

  private static @Nullable ServerErrorMessage serverMessage(SQLException e) {
    for (@Nullable Throwable cause = e; cause != null; cause = cause.getCause()) {
      if (cause instanceof PSQLException answer && answer.getServerErrorMessage() != null) {
        return answer.getServerErrorMessage();
      }
    }
    return null;
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
