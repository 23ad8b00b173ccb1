package dev.puck.lab.trial;

import dev.puck.lab.strategy.Strategy;
import dev.puck.lab.tweet.TweetDatabase;
import dev.puck.lab.workload.ProbedMessage;
import dev.puck.lab.workload.ReadStep;
import dev.puck.lab.workload.Staleness;
import dev.puck.lab.workload.StalenessProbe;
import dev.puck.lab.workload.Step;
import dev.puck.lab.workload.Workload;
import dev.puck.lab.workload.Writer;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A strategy that keeps the counters of tweets, in a database of the lab's.
 *
 * @param workload what the application does
 * @param database for this strategy alone
 * @param strategy not yet started
 */
public record StrategyCandidate(Workload workload, TweetDatabase database, Strategy strategy)
    implements Candidate {
  static final String DATABASE = "database";

  @Override
  public void start() throws SQLException, IOException, InterruptedException {
    strategy.start();
  }

  @Override
  public Step openWriter(int number, AtomicLong retries) throws SQLException {
    return Writer.ofTweets(workload, database.connect(), strategy.write(), number, retries);
  }

  @Override
  public Step openReader(int number) throws SQLException {
    return new ReadStep(workload, strategy.openReader(), number);
  }

  @Override
  public Step openProbe(Staleness staleness) throws SQLException {
    return new StalenessProbe<>(
        new ProbedMessage(workload, database, strategy),
        strategy.interval(),
        workload.seed(),
        staleness);
  }

  @Override
  public long settle() throws SQLException, IOException, InterruptedException {
    return Drift.settled(strategy, database).messages();
  }

  @Override
  public Connection connect() throws SQLException {
    return database.connect();
  }

  @Override
  public boolean isShared() {
    return false;
  }

  @Override
  public Map<String, Long> processes() {
    Map<String, Long> processes = new TreeMap<>(strategy.processes());
    processes.put(DATABASE, database.postgres().processId());
    return processes;
  }

  @Override
  public Duration busy() {
    return strategy.busy();
  }

  @Override
  public boolean propagates() {
    return strategy.propagates();
  }

  @Override
  public void disconnect(Duration duration) throws SQLException, InterruptedException {
    Disconnection.run(database, duration);
  }

  @Override
  public void restart() throws SQLException, IOException, InterruptedException {
    strategy.restart();
  }

  @Override
  public long gaps() throws InterruptedException {
    return strategy.gaps();
  }
}
