package dev.puck.consumer.job;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** The runs of jobs: the one that goes on, and those that ended. Thread-safe. */
final class JobHistory {
  /** The process of the session that holds the job's lock. */
  private static final String HOLDER =
      """
      select pid
        from pg_catalog.pg_locks
       where locktype = 'advisory'
         and objsubid = 1
         and granted
         and database = (select oid from pg_catalog.pg_database where datname = current_database())
         and ((classid::bigint << 32) | objid::bigint) =
      """
          + JobSession.LOCK
          + " limit 1";

  private final DataSource dataSource;

  JobHistory(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** A run that begins; those before it that have no end have lost their process. */
  long begin(String job, String trigger, String process) throws SQLException {
    change(
        """
        update puck_consumer.job_run
           set outcome = 'lost', error = 'its process ended before it could say how the run went'
         where job = ? and outcome is null
        """,
        job);
    return one(
        """
        insert into puck_consumer.job_run (job, trigger, process) values (?, ?, ?) returning id
        """,
        row -> row.getLong(1),
        job,
        trigger,
        process);
  }

  /** That run's end; of the job's history the newest runs are kept. */
  void end(String job, long id, Result result, long overdue, int history) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      try (PreparedStatement update =
          connection.prepareStatement(
              """
              update puck_consumer.job_run
                 set finished_at = clock_timestamp(),
                     outcome = ?, rows = ?, overdue = ?, sqlstate = ?, error = ?, note = ?
               where id = ?
              """)) {
        update.setString(1, result.outcome().text());
        update.setObject(2, result.rows(), Types.BIGINT);
        update.setLong(3, overdue);
        update.setString(4, result.sqlstate());
        update.setString(5, result.error());
        update.setString(6, result.note());
        update.setLong(7, id);
        update.executeUpdate();
      }
      try (PreparedStatement delete =
          connection.prepareStatement(
              """
              delete from puck_consumer.job_run
               where job = ?
                 and id <= (select id from puck_consumer.job_run
                             where job = ? order by id desc offset ? limit 1)
              """)) {
        delete.setString(1, job);
        delete.setString(2, job);
        delete.setInt(3, history);
        delete.executeUpdate();
      }
    }
  }

  /** The newest runs first. A run without an end goes on only if a session holds the job's lock. */
  List<JobRun> read(String job, int most) throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return Query.list(
          connection,
          """
          select id, trigger, process, started_at, finished_at,
                 extract(epoch from coalesce(finished_at, clock_timestamp()) - started_at),
                 coalesce(outcome, case when (%s) is null then 'lost' else 'running' end),
                 rows, overdue, sqlstate, error, note
            from puck_consumer.job_run
           where job = ?
           order by id desc
           limit ?::int
          """
              .formatted(HOLDER),
          JobHistory::run,
          job,
          job,
          Integer.toString(most));
    }
  }

  /** Has PostgreSQL cancel what the job's session does; false if there is none. */
  boolean cancelRunning(String job) throws SQLException {
    return one(
        "select coalesce(pg_cancel_backend((" + HOLDER + ")), false)",
        row -> row.getBoolean(1),
        job);
  }

  private static JobRun run(ResultSet row) throws SQLException {
    String outcome = row.getString(7);
    @Nullable Instant finished = instant(row, 5);
    boolean lost = outcome.equals(Outcome.LOST.text());
    long rows = row.getLong(8);
    boolean hasRows = !row.wasNull();
    return new JobRun(
        row.getLong(1),
        row.getString(2),
        row.getString(3),
        String.valueOf(instant(row, 4)),
        finished == null ? null : finished.toString(),
        lost ? null : row.getDouble(6),
        outcome,
        hasRows ? rows : null,
        row.getLong(9),
        row.getString(10),
        row.getString(11),
        row.getString(12));
  }

  private static @Nullable Instant instant(ResultSet row, int column) throws SQLException {
    @Nullable Timestamp time = row.getTimestamp(column);
    return time == null ? null : time.toInstant();
  }

  private <T> T one(String sql, Query.RowReader<T> reader, String... arguments)
      throws SQLException {
    try (Connection connection = dataSource.getConnection()) {
      return Query.one(connection, sql, reader, arguments);
    }
  }

  private void change(String sql, String... arguments) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      statement.executeUpdate();
    }
  }
}
