package dev.puck.consumer.database;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;

/**
 * Who builds a projection anew, and how often that was begun: {@code puck_consumer.resync}. Each
 * method works in the caller's transaction. Thread-safe.
 */
public final class ResyncLog {
  private final String projection;

  /** For the projection of that name, which is unique in the database. */
  public ResyncLog(String projection) {
    this.projection = projection;
  }

  /** The number of the resync that was begun last; 0 if none was. */
  public long begun(Connection connection) throws SQLException {
    return number(connection, "begun");
  }

  /** The number of the resync that ended well last; 0 if none did. */
  public long finished(Connection connection) throws SQLException {
    return number(connection, "coalesce(finished, 0)");
  }

  /** Whether this session alone may build it, until the session ends. */
  public boolean tryLock(Connection connection) throws SQLException {
    return Query.one(
        connection,
        "select pg_try_advisory_lock(hashtext('puck_consumer.resync'), hashtext(?))",
        row -> row.getBoolean(1),
        projection);
  }

  /** Whether nobody builds it, nor begins to before the transaction ends. */
  public boolean tryShareLock(Connection connection) throws SQLException {
    return Query.one(
        connection,
        "select pg_try_advisory_xact_lock_shared(hashtext('puck_consumer.resync'), hashtext(?))",
        row -> row.getBoolean(1),
        projection);
  }

  public void begin(Connection connection) throws SQLException {
    execute(
        connection,
        """
        insert into puck_consumer.resync as log (projection, begun)
             values (?, 1)
        on conflict (projection)
          do update
                set begun = log.begun + 1
        """);
  }

  public void finish(Connection connection) throws SQLException {
    execute(
        connection,
        """
        update puck_consumer.resync
           set finished = begun,
               finished_at = clock_timestamp()
         where projection = ?
        """);
  }

  private long number(Connection connection, String column) throws SQLException {
    List<Long> numbers =
        Query.list(
            connection,
            "select " + column + " from puck_consumer.resync where projection = ?",
            row -> row.getLong(1),
            projection);
    return numbers.isEmpty() ? 0 : numbers.get(0);
  }

  private void execute(Connection connection, String sql) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setString(1, projection);
      statement.executeUpdate();
    }
  }
}
