package dev.puck.lab.series;

import dev.puck.lab.tweet.TweetDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Sessions that retweet one message at once, each retweet a transaction. They connect before the
 * clock starts.
 */
final class Crowd implements AutoCloseable {
  private final Way way;
  private final List<Connection> connections = new ArrayList<>();
  private final ExecutorService threads;

  private Crowd(Way way, int workers) {
    this.way = way;
    this.threads =
        Executors.newFixedThreadPool(
            workers,
            work -> {
              Thread thread = new Thread(work, "lab-crowd");
              thread.setDaemon(true);
              return thread;
            });
  }

  /** How many seconds they took. */
  static double seconds(TweetDatabase database, Way way, int workers, int retweets)
      throws SQLException, InterruptedException {
    try (Crowd crowd = new Crowd(way, workers)) {
      for (int i = 0; i < workers; i++) {
        crowd.connections.add(database.connect());
      }
      return crowd.run(retweets);
    }
  }

  private double run(int retweets) throws SQLException, InterruptedException {
    CountDownLatch begin = new CountDownLatch(1);
    List<Future<?>> workers = new ArrayList<>();
    for (int i = 0; i < connections.size(); i++) {
      Connection connection = connections.get(i);
      long message = way.isApart() ? i + 1L : 1;
      workers.add(
          threads.submit(
              () -> {
                begin.await();
                retweet(connection, message, retweets);
                return null;
              }));
    }
    long began = System.nanoTime();
    begin.countDown();
    for (Future<?> worker : workers) {
      await(worker);
    }
    return (System.nanoTime() - began) / 1e9;
  }

  private void retweet(Connection connection, long message, int times) throws SQLException {
    try (PreparedStatement write = connection.prepareStatement(way.write())) {
      write.setLong(1, message);
      for (int i = 0; i < times; i++) {
        write.executeUpdate();
      }
    }
  }

  private static void await(Future<?> worker) throws SQLException, InterruptedException {
    try {
      worker.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failed) {
        throw failed;
      }
      throw new IllegalStateException("A worker ended", e.getCause());
    }
  }

  @Override
  public void close() throws SQLException {
    threads.shutdownNow();
    for (Connection connection : connections) {
      connection.close();
    }
  }
}
