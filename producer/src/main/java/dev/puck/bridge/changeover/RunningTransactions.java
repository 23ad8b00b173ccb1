package dev.puck.bridge.changeover;

import dev.puck.event.Snapshot;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Waits for transactions of others to end. Owned by one thread. */
final class RunningTransactions {
  private static final Duration PAUSE = Duration.ofMillis(100);

  /**
   * By their virtual ids, since one may have decided what to capture before it was given another. A
   * role that may not see others' times sees no age.
   */
  private static final String OF_THIS_DATABASE =
      """
      select l.virtualxid,
             format('process %s (%s)', l.pid, coalesce(nullif(a.application_name, ''), a.usename)),
             date_part('epoch', clock_timestamp() - a.xact_start)::bigint
        from pg_catalog.pg_locks as l
        join pg_catalog.pg_stat_activity as a on a.pid = l.pid
        join pg_catalog.pg_database as d on d.oid = a.datid
       where l.locktype = 'virtualxid' and l.mode = 'ExclusiveLock' and l.granted
         and d.datname = current_database() and l.pid <> pg_backend_pid()
         and coalesce(a.backend_type, '') not in ('autovacuum worker', 'walsender')
       union all
      select 'prepared ' || gid, format('prepared transaction %L', gid),
             date_part('epoch', clock_timestamp() - prepared)::bigint
        from pg_catalog.pg_prepared_xacts
       where database = current_database()
       order by 3 desc nulls last
      """;

  /** Decoding begins when those that write have ended, in whatever database. */
  private static final String THAT_WRITE =
      """
      select l.transactionid::text,
             format('process %s (%s)', l.pid, coalesce(nullif(a.application_name, ''), a.usename)),
             date_part('epoch', clock_timestamp() - a.xact_start)::bigint
        from pg_catalog.pg_locks as l
        join pg_catalog.pg_stat_activity as a on a.pid = l.pid
       where l.locktype = 'transactionid' and l.mode = 'ExclusiveLock' and l.granted
         and l.pid <> pg_backend_pid()
       union all
      select transaction::text, format('prepared transaction %L', gid),
             date_part('epoch', clock_timestamp() - prepared)::bigint
        from pg_catalog.pg_prepared_xacts
       order by 3 desc nulls last
      """;

  private final Connection connection;
  private final SwitchProgress progress;

  /**
   * @param connection in auto-commit mode
   */
  RunningTransactions(Connection connection, SwitchProgress progress) {
    this.connection = connection;
    this.progress = progress;
  }

  private record Running(String id, String who) {}

  /** Waits for those that run now. */
  void awaitPresent() throws SQLException, InterruptedException {
    List<Running> left = find(OF_THIS_DATABASE);
    Set<String> present = left.stream().map(Running::id).collect(Collectors.toSet());
    while (!left.isEmpty()) {
      progress.waiting("Waiting for transactions that began before: " + text(left));
      Thread.sleep(PAUSE.toMillis());
      left = find(OF_THIS_DATABASE).stream().filter(each -> present.contains(each.id)).toList();
    }
  }

  /** Says which ones a slot may be waiting for. */
  void tellThoseThatWrite() throws SQLException {
    List<Running> writing = find(THAT_WRITE);
    if (!writing.isEmpty()) {
      progress.waiting("Making the slot waits for transactions to end: " + text(writing));
    }
  }

  /**
   * Waits until everybody sees what the snapshot, which is taken from the WAL, does: a commit is in
   * the WAL a moment earlier, or much earlier where it waits for a standby.
   */
  void awaitVisible(Snapshot snapshot) throws SQLException, InterruptedException {
    while (!isVisible(snapshot)) {
      progress.waiting("Waiting for commits that are not visible yet");
      Thread.sleep(PAUSE.toMillis());
    }
  }

  private boolean isVisible(Snapshot snapshot) throws SQLException {
    Snapshot now =
        Query.one(
            connection,
            "select pg_current_snapshot()::text",
            row -> Snapshot.parse(row.getString(1)));
    if (now.xmax() < snapshot.xmax()) {
      return false;
    }
    for (long xid : now.inProgress()) {
      if (snapshot.sees(xid)) {
        return false;
      }
    }
    return true;
  }

  private List<Running> find(String sql) throws SQLException {
    return Query.list(connection, sql, RunningTransactions::read);
  }

  private static Running read(ResultSet row) throws SQLException {
    long seconds = row.getLong(3);
    String age = row.wasNull() ? "" : ", for " + seconds + " s";
    return new Running(row.getString(1), row.getString(2) + age);
  }

  private static String text(List<Running> running) {
    return running.get(0).who
        + (running.size() == 1 ? "" : " and " + (running.size() - 1) + " more");
  }
}
