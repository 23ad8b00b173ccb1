package dev.puck.lab.workload;

import java.io.IOException;
import java.sql.SQLException;

/**
 * What a probe writes and looks at, and nobody else writes. Used by one thread.
 *
 * @param <T> what a read of it gives
 */
public interface Probed<T> extends AutoCloseable {
  /** What a reader sees of it. */
  T read() throws SQLException, IOException, InterruptedException;

  /** Writes it, and commits; false where a conflict hindered it. */
  boolean write() throws SQLException;

  /** Whether a read gives what was written after another read. */
  boolean isNewer(T now, T before);

  @Override
  void close() throws SQLException;
}
