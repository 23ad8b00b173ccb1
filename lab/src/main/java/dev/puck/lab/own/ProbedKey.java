package dev.puck.lab.own;

import dev.puck.lab.workload.Probed;
import dev.puck.lab.workload.Writer;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;

/** A key that nobody else writes, and the row that is read of it. */
final class ProbedKey implements Probed<List<String>> {
  private final Connection connection;
  private final KeyReader reader;
  private final String key;
  private final Write write;

  /** Writes the key. */
  @FunctionalInterface
  interface Write {
    void run() throws SQLException;
  }

  /** Takes over connection and reader. */
  ProbedKey(Connection connection, KeyReader reader, String key, Write write) throws SQLException {
    this.connection = connection;
    this.reader = reader;
    this.key = key;
    this.write = write;
    connection.setAutoCommit(false);
  }

  @Override
  public List<String> read() throws SQLException {
    return reader.read(key);
  }

  /** Not after a deadlock, say; the next time, then. */
  @Override
  public boolean write() throws SQLException {
    try {
      write.run();
      connection.commit();
      return true;
    } catch (SQLException e) {
      connection.rollback();
      if (Writer.isConflict(e)) {
        return false;
      }
      throw e;
    }
  }

  @Override
  public boolean isNewer(List<String> now, List<String> before) {
    return !Truth.same(now, before);
  }

  @Override
  public void close() throws SQLException {
    reader.close();
    connection.close();
  }
}
