package dev.puck.lab.strategy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.lab.tweet.MessageCounters;
import dev.puck.lab.tweet.MessageCounters.Counters;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.PGNotification;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A cache service as one first writes it, after "PostgreSQL LISTEN/NOTIFY" of Dimitri Fontaine's
 * series on concurrency (2018), with its flaws, which the lab is there to show: it listens, then
 * loads the totals, then follows, and every second adds its memory to a table. So it counts twice
 * what is committed between the first two, counts everything twice when it starts again, and misses
 * what is notified while it is not connected. What it could not add is added the next time.
 */
final class ListenService implements Runnable {
  private static final Logger LOGGER = LoggerFactory.getLogger(ListenService.class);
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration FLUSH = Duration.ofSeconds(1);
  private static final int LISTEN_MILLIS = 100;
  private static final String TOTALS =
      "select messageid, rts, favs from tweet.message_with_counters";
  private static final String ADD =
      """
      insert into twcache.counters as counters (messageid, rts, favs) values (?, ?, ?)
      on conflict (messageid) do update
         set rts = counters.rts + excluded.rts, favs = counters.favs + excluded.favs
      """;

  private final String url;
  private final String user;
  private final String password;
  private final Runnable started;
  private final MessageCounters fold = new MessageCounters();
  private final Map<Long, Counters> memory = new HashMap<>();

  /**
   * @param started is told when the totals are in the table
   */
  ListenService(String url, String user, String password, Runnable started) {
    this.url = url;
    this.user = user;
    this.password = password;
    this.started = started;
  }

  @Override
  public void run() {
    boolean loaded = false;
    while (!Thread.currentThread().isInterrupted()) {
      try (Connection connection = DriverManager.getConnection(url, user, password);
          Statement statement = connection.createStatement()) {
        statement.execute("listen \"tweet.activity\"");
        if (!loaded) {
          load(statement);
          flush(connection);
          loaded = true;
          started.run();
        }
        follow(connection);
      } catch (SQLException e) {
        LOGGER.atWarn().addKeyValue("error", e.getMessage()).log("Lost the database, connecting");
      }
    }
  }

  private void load(Statement statement) throws SQLException {
    try (ResultSet rows = statement.executeQuery(TOTALS)) {
      while (rows.next()) {
        memory.put(
            rows.getLong(1), new Counters(rows.getLong(1), rows.getLong(2), rows.getLong(3)));
      }
    }
  }

  private void follow(Connection connection) throws SQLException {
    PGConnection listener = connection.unwrap(PGConnection.class);
    long nextFlush = System.nanoTime() + FLUSH.toNanos();
    while (true) {
      for (PGNotification notification : listener.getNotifications(LISTEN_MILLIS)) {
        remember(notification.getParameter());
      }
      if (System.nanoTime() >= nextFlush) {
        flush(connection);
        nextFlush += FLUSH.toNanos();
      }
    }
  }

  private void remember(String payload) {
    try {
      JsonNode event = JSON.readTree(payload);
      memory.compute(
          event.path("messageid").asLong(), (messageid, current) -> fold.apply(current, event));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Not what sql/tweet/notify.sql sends: " + payload, e);
    }
  }

  private void flush(Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (PreparedStatement add = connection.prepareStatement(ADD)) {
      for (Counters counters : memory.values()) {
        add.setLong(1, counters.messageid());
        add.setLong(2, counters.rts());
        add.setLong(3, counters.favs());
        add.addBatch();
      }
      add.executeBatch();
      connection.commit();
    }
    connection.setAutoCommit(true);
    memory.clear();
  }
}
