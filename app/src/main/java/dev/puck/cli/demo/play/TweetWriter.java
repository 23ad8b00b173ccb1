package dev.puck.cli.demo.play;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Adds tweets in batches, in the order in which they are given. */
final class TweetWriter implements AutoCloseable {
  static final int BATCH_SIZE = 100;

  /** The clock's time and not the transaction's: sorted by time, a play keeps its order. */
  private static final String NEW_TWEET =
      """
      insert into tweet.message (userid, datetime, message)
      values (?, clock_timestamp(), ?)
      """;

  private final PreparedStatement insert;
  private final LoadProgress progress;
  private final int total;
  private int added;
  private int written;

  TweetWriter(Connection connection, LoadProgress progress, int total) throws SQLException {
    this.insert = connection.prepareStatement(NEW_TWEET);
    this.progress = progress;
    this.total = total;
  }

  void add(long userid, String text) throws SQLException {
    insert.setLong(1, userid);
    insert.setString(2, text);
    insert.addBatch();
    added++;
    if (added - written == BATCH_SIZE) {
      flush();
    }
  }

  /** Writes what is left; returns how many tweets were written in all. */
  int finish() throws SQLException {
    if (added > written) {
      flush();
    }
    return written;
  }

  @Override
  public void close() throws SQLException {
    insert.close();
  }

  private void flush() throws SQLException {
    insert.executeBatch();
    written = added;
    progress.loaded(written, total);
  }
}
