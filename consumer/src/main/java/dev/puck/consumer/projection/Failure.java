package dev.puck.consumer.projection;

import java.sql.SQLException;
import org.jspecify.annotations.Nullable;

/**
 * Why an event could not be applied.
 *
 * @param error the class of what was thrown
 * @param message in words for a person
 * @param sqlState PostgreSQL's, where it refused the event; else null
 */
public record Failure(String error, String message, @Nullable String sqlState) {
  /** That of what was thrown; its cause is named where there is one, which is the nearer one. */
  public static Failure of(PoisonEventException thrown) {
    Throwable cause = thrown.getCause() == null ? thrown : thrown.getCause();
    return new Failure(
        cause.getClass().getName(),
        String.valueOf(thrown.getMessage()),
        cause instanceof SQLException refused ? refused.getSQLState() : null);
  }
}
