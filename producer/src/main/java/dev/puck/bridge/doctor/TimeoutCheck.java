package dev.puck.bridge.doctor;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * PostgreSQL's time-outs leave the bridge alone, and there is the one by which it holds its
 * election: {@code idle_session_timeout} ends the session of a bridge that was stopped, and with it
 * its lock, which a standby waits for.
 */
final class TimeoutCheck implements Check<Connection> {
  private static final String IDLE_SESSION = "idle_session_timeout";
  private static final int LEAST_IDLE_MILLIS = 30_000;
  private static final int LEAST_BUSY_MILLIS = 600_000;

  /** In milliseconds. */
  private static final String SETTINGS =
      """
      select name, setting::bigint from pg_catalog.pg_settings
       where name in ('idle_session_timeout', 'statement_timeout', 'transaction_timeout')
       order by name
      """;

  @Override
  public String name() {
    return "timeouts";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    String user =
        Query.one(
            connection, "select pg_catalog.quote_ident(current_user)", row -> row.getString(1));
    Map<String, Long> settings = new LinkedHashMap<>();
    Query.list(connection, SETTINGS, row -> settings.put(row.getString(1), row.getLong(2)));
    judge(settings, user, findings);
  }

  static void judge(Map<String, Long> millis, String user, Findings findings) {
    @Nullable Long idle = millis.get(IDLE_SESSION);
    if (idle == null) {
      findings.problem(
          "There is no idle_session_timeout: a bridge that hangs keeps its lock, and no standby"
              + " takes over.",
          "Use PostgreSQL 14 or newer itself.");
    }
    millis.forEach(
        (setting, value) -> {
          int least = setting.equals(IDLE_SESSION) ? LEAST_IDLE_MILLIS : LEAST_BUSY_MILLIS;
          if (value > 0 && value < least) {
            findings.note(
                "%s is %d ms for %s: %s."
                    .formatted(
                        setting,
                        value,
                        user,
                        setting.equals(IDLE_SESSION)
                            ? "a bridge that has nothing to do is cut off"
                            : "a large backlog cannot be read in that time"),
                "alter role %s set %s = 0".formatted(user, setting));
          }
        });
  }
}
