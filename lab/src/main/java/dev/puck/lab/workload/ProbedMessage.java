package dev.puck.lab.workload;

import dev.puck.lab.strategy.Reader;
import dev.puck.lab.strategy.Strategy;
import dev.puck.lab.tweet.TweetDatabase;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A message that nobody else retweets, and how often it was. */
public final class ProbedMessage implements Probed<Long> {
  private final long message;
  private final Connection connection;
  private final PreparedStatement action;
  private final Reader reader;

  /** That of the workload. */
  public ProbedMessage(Workload workload, TweetDatabase database, Strategy strategy)
      throws SQLException {
    this.message = workload.probed();
    this.connection = database.connect();
    this.action = connection.prepareStatement(strategy.write());
    this.reader = strategy.openReader();
  }

  @Override
  public Long read() throws SQLException, IOException, InterruptedException {
    return reader.read(message).rts();
  }

  @Override
  public boolean write() throws SQLException {
    action.setLong(1, message);
    action.setString(2, "rt");
    action.execute();
    return true;
  }

  @Override
  public boolean isNewer(Long now, Long before) {
    return now > before;
  }

  @Override
  public void close() throws SQLException {
    reader.close();
    connection.close();
  }
}
