package dev.puck.lab.strategy;

import dev.puck.lab.tweet.MessageCounters.Counters;
import java.io.IOException;
import java.sql.SQLException;

/** Somebody who reads the counters as an application would. Used by one thread. */
public interface Reader extends AutoCloseable {
  /** A message's counters as they are shown now; zeros where none are. */
  Counters read(long messageid) throws SQLException, IOException, InterruptedException;

  @Override
  void close();
}
