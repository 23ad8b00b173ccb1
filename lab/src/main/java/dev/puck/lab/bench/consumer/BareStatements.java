package dev.puck.lab.bench.consumer;

import dev.puck.lab.bench.drain.Samples;
import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Stage;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * The summary's statement for one event at a time, a commit after every so many, and nothing else:
 * no Kafka, no offsets, no check of what is in them.
 */
final class BareStatements {
  private static final int COMMIT_EVERY = 5_000;

  private final Database database;
  private final String target;
  private final List<String> events;

  BareStatements(Stage stage, Database database, String target) {
    this.database = database;
    this.target = target;
    String topic = Feed.SALES.topic();
    this.events =
        Samples.read(stage.bootstrapServers(), topic, topic).stream()
            .map(each -> "[" + new String(each.value(), StandardCharsets.UTF_8) + "]")
            .toList();
  }

  /** Statements a second. */
  double run(Duration warmUp, Duration duration) throws SQLException {
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      try (PreparedStatement statement = connection.prepareStatement(Totals.sql(target))) {
        run(connection, statement, warmUp);
        return run(connection, statement, duration);
      }
    }
  }

  private double run(Connection connection, PreparedStatement statement, Duration duration)
      throws SQLException {
    long begin = System.nanoTime();
    long nanos = 0;
    int count = 0;
    while (nanos < duration.toNanos()) {
      statement.setString(1, events.get(count % events.size()));
      statement.execute();
      count++;
      if (count % COMMIT_EVERY == 0) {
        connection.commit();
      }
      nanos = System.nanoTime() - begin;
    }
    connection.commit();
    return count * 1e9 / (System.nanoTime() - begin);
  }
}
