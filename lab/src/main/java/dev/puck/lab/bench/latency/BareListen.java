package dev.puck.lab.bench.latency;

import dev.puck.lab.bench.load.OpenLoad;
import dev.puck.lab.bench.load.Schedule;
import dev.puck.lab.bench.load.Work;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Patience;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.service.connection.PromptSocketFactory;
import java.io.IOException;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;

/**
 * How long a notification takes to another session that does nothing but listen: about as soon as
 * anybody can know of a commit.
 */
final class BareListen implements AutoCloseable {
  private static final String CHANNEL = "bench_listen";
  private static final Work NOTIFY =
      new Work(
          "select pg_notify('" + CHANNEL + "', $1)",
          number -> new String[] {Long.toString(number)});
  private static final int LISTEN_MILLIS = 100;
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private final Connection connection;
  private final Arrivals arrivals;
  private final Thread thread = new Thread(this::listen, "bare-listen");
  private volatile boolean closed;

  private BareListen(Connection connection, Arrivals arrivals) {
    this.connection = connection;
    this.arrivals = arrivals;
  }

  /** Measures it at that rate. */
  static Latencies measure(Plan plan, Database database, int perSecond)
      throws SQLException, IOException, InterruptedException {
    int warmUp = count(plan.warmUp(), perSecond);
    int all = warmUp + count(plan.duration(), perSecond);
    Arrivals arrivals = new Arrivals(all);
    try (BareListen listen = open(database, arrivals);
        OpenLoad load = OpenLoad.connect(database.postgres().port(), database.name(), NOTIFY)) {
      listen.thread.start();
      load.run(0, perSecond, plan.warmUp());
      Schedule schedule = load.run(warmUp, perSecond, plan.duration());
      Patience.until("all notifications came", PATIENCE, 10, () -> arrivals.count() == all);
      return Latencies.of(schedule, arrivals);
    }
  }

  static int count(Duration duration, int perSecond) {
    return Math.toIntExact(perSecond * duration.toMillis() / 1_000);
  }

  private static BareListen open(Database database, Arrivals arrivals) throws SQLException {
    Connection connection =
        DriverManager.getConnection(
            database.postgres().url(database.name())
                + "&socketFactory="
                + PromptSocketFactory.class.getName(),
            database.postgres().user(),
            database.postgres().password());
    try (Statement statement = connection.createStatement()) {
      statement.execute("listen " + CHANNEL);
      return new BareListen(connection, arrivals);
    } catch (SQLException e) {
      connection.close();
      throw e;
    }
  }

  @Override
  public void close() throws SQLException {
    closed = true;
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connection.close();
  }

  private void listen() {
    try {
      PGConnection notifications = connection.unwrap(PGConnection.class);
      while (!closed) {
        PGNotification @Nullable [] arrived = notifications.getNotifications(LISTEN_MILLIS);
        for (PGNotification each : arrived == null ? new PGNotification[0] : arrived) {
          arrivals.arrived(Long.parseLong(each.getParameter()));
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException("Listening failed", e);
    }
  }
}
