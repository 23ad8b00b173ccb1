package dev.puck.bridge.doctor;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** Nobody holds up the notifications of the whole cluster; when their queue is full, all fail. */
final class NotificationQueueCheck implements Check<Connection> {
  private static final double MOST = 0.1;

  private static final String OLDEST =
      """
      select pid || ' (' || coalesce(nullif(application_name, ''), usename) || ')'
        from pg_catalog.pg_stat_activity
       where state like 'idle in transaction%' and pid <> pg_catalog.pg_backend_pid()
       order by xact_start limit 1
      """;

  @Override
  public String name() {
    return "notification-queue";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    double usage =
        Query.one(
            connection, "select pg_catalog.pg_notification_queue_usage()", row -> row.getDouble(1));
    String percent = Numbers.text(usage * 100, 1) + " %";
    findings.saw(percent + " used");
    if (usage > MOST) {
      findings.problem(
          "The notification queue is at "
              + percent
              + ": some session that listens does not read, or is in a long transaction. When it is"
              + " full, every NOTIFY fails.",
          fix(Query.list(connection, OLDEST, row -> row.getString(1))));
    }
  }

  private static String fix(List<String> oldest) {
    return oldest.isEmpty()
        ? "Find it: select pid, usename, application_name, state, xact_start from pg_stat_activity"
            + " order by xact_start; and end it: select pg_terminate_backend(PID)"
        : "End the session that is idle in a transaction for longest, which is "
            + oldest.get(0)
            + ": select pg_terminate_backend("
            + oldest.get(0).replaceFirst(" .*", "")
            + ")";
  }
}
