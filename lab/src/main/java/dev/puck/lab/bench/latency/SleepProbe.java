package dev.puck.lab.bench.latency;

import dev.puck.lab.bench.load.OpenLoad;
import dev.puck.lab.bench.load.Schedule;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Patience;
import dev.puck.lab.bench.stage.Plan;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** Rows that come one by one, each to a bridge that is asleep. */
final class SleepProbe {
  private static final Duration ASLEEP_WITHIN = Duration.ofSeconds(30);
  private static final Duration SEEN_WITHIN = Duration.ofSeconds(30);

  /** It says asleep some time before it is. */
  private static final int DOZING_MILLIS = 100;

  private static final int MORE_MILLIS = 50;
  private static final String IS_ASLEEP = "select pg_sequence_last_value('puck.state') >> 2 = 0";

  private final Plan plan;
  private final Database database;
  private final Arrivals arrivals;

  SleepProbe(Plan plan, Database database, Arrivals arrivals) {
    this.plan = plan;
    this.database = database;
    this.arrivals = arrivals;
  }

  /** Writes rows from that number on, for the plan's duration. */
  Latencies measure(OpenLoad load, long firstId) throws SQLException, InterruptedException {
    Latencies latencies = Latencies.empty();
    long end = System.nanoTime() + plan.duration().toNanos();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (long id = firstId; id == firstId || System.nanoTime() - end < 0; id++) {
        Patience.until(
            "the bridge is asleep", ASLEEP_WITHIN, 10, () -> isTrue(statement, IS_ASLEEP));
        TimeUnit.MILLISECONDS.sleep(DOZING_MILLIS + plan.random().nextInt(MORE_MILLIS));
        Schedule one = load.runOne(id);
        long number = id;
        Patience.until("a row is seen", SEEN_WITHIN, 1, () -> arrivals.at(number) != 0);
        latencies.add(one.committed(0), one.sent(0), one.due(0), arrivals.at(number));
      }
    }
    return latencies;
  }

  private static boolean isTrue(Statement statement, String query) throws SQLException {
    try (ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
