package dev.puck.lab.workload;

import java.io.IOException;
import java.sql.SQLException;

/** What one thread does again and again, and what it holds for that. Used by one thread. */
public interface Step extends AutoCloseable {
  /** Does it once. */
  void run() throws SQLException, IOException, InterruptedException;

  @Override
  void close() throws SQLException;

  /** Makes one for each thread. */
  interface Factory {
    /** That of the thread of this number, counted from 0. */
    Step open(int thread) throws SQLException;
  }
}
