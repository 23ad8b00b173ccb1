package dev.puck.lab.trial;

import dev.puck.lab.tweet.TweetDatabase;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A time in which no service keeps a connection to the database. */
final class Disconnection {
  private static final String TERMINATE =
      "select pg_terminate_backend(pid) from pg_stat_activity where usename = '"
          + TweetDatabase.SERVICE
          + "' and datname = current_database()";

  private static final long LOOK_MILLIS = 20;

  private Disconnection() {}

  /** Returns when it is over. */
  static void run(TweetDatabase database, Duration duration)
      throws SQLException, InterruptedException {
    long end = System.nanoTime() + duration.toNanos();
    try (Connection connection = database.connect();
        PreparedStatement terminate = connection.prepareStatement(TERMINATE)) {
      while (System.nanoTime() < end) {
        terminate.executeQuery().close();
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
      }
    }
  }
}
