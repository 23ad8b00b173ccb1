package dev.puck.consumer.job;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/** What is known of each job; each call is a transaction of its own. Thread-safe. */
final class JobRepository {
  private final DataSource dataSource;

  JobRepository(DataSource dataSource) {
    this.dataSource = dataSource;
  }

  /** What is to be done with a job that is due. */
  record Order(boolean paused, boolean requested) {}

  /** Makes the job known, and forgets no state that it has. */
  void register(String job) throws SQLException {
    change("insert into puck_consumer.job (job) values (?) on conflict do nothing", job);
  }

  /** Takes jobs off the schedule that the consumer had, and has no more. */
  void unscheduleOthers(String consumer, List<String> jobs) throws SQLException {
    change(
        """
        delete from puck_consumer.scheduled_task
         where split_part(task_name, '.', 1) = ?
           and not picked
           and task_name <> all (string_to_array(?, ','))
        """,
        consumer,
        String.join(",", jobs));
  }

  /** What is to be done now; a request is taken by this. */
  Order takeOrder(String job) throws SQLException {
    return one(
        """
        with before as
         (
           select job, paused, requested from puck_consumer.job where job = ? for update
         )
        update puck_consumer.job
           set requested = false
          from before
         where job.job = before.job
        returning before.paused, before.requested
        """,
        row -> new Order(row.getBoolean(1), row.getBoolean(2)),
        job);
  }

  /** Asks for a run; false if somebody has asked already. */
  boolean request(String job) throws SQLException {
    return change(
            "update puck_consumer.job set requested = true where job = ? and not requested", job)
        == 1;
  }

  void withdraw(String job) throws SQLException {
    change("update puck_consumer.job set requested = false where job = ?", job);
  }

  void pause(String job, boolean paused) throws SQLException {
    change("update puck_consumer.job set paused = ?::boolean where job = ?", "" + paused, job);
  }

  void addOverdue(String job, long count) throws SQLException {
    change(
        "update puck_consumer.job set overdue = overdue + ?::bigint where job = ?",
        "" + count,
        job);
  }

  /** A run has just succeeded. */
  void succeeded(String job) throws SQLException {
    change("update puck_consumer.job set last_success_at = clock_timestamp() where job = ?", job);
  }

  JobState state(String job) throws SQLException {
    return one(
        """
        select paused, overdue, last_success_at, execution_time
          from puck_consumer.job
               left join puck_consumer.scheduled_task on task_name = job
         where job = ?
        """,
        row -> new JobState(row.getBoolean(1), row.getLong(2), instant(row, 3), instant(row, 4)),
        job);
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

  private int change(String sql, String... arguments) throws SQLException {
    try (Connection connection = dataSource.getConnection();
        PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < arguments.length; i++) {
        statement.setString(i + 1, arguments[i]);
      }
      return statement.executeUpdate();
    }
  }
}
