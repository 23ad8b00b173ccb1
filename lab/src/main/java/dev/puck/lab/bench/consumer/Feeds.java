package dev.puck.lab.bench.consumer;

import dev.puck.lab.bench.stage.Database;
import dev.puck.lab.bench.stage.Patience;
import dev.puck.lab.bench.stage.Plan;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.bench.stage.Stage;
import dev.puck.lab.process.BridgeProcess;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;

/**
 * Topics that a bridge has filled, as it does: from an outbox, exactly once, into a compacted
 * topic. Each is made when it is first asked for.
 */
final class Feeds {
  private static final int PREPARED_ROWS_A_SECOND = 20_000;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  private final Plan plan;
  private final Stage stage;
  private final Progress progress;
  private final Set<Feed> published = EnumSet.noneOf(Feed.class);

  Feeds(Plan plan, Stage stage, Progress progress) {
    this.plan = plan;
    this.stage = stage;
    this.progress = progress;
  }

  /** About how long it takes to make. */
  static Duration estimate(Plan plan, Feed feed) {
    return Duration.ofSeconds(2 + feed.events(plan.rows()) / PREPARED_ROWS_A_SECOND);
  }

  /** How many events it has, all of them in Kafka. */
  int require(Feed feed) throws SQLException, InterruptedException {
    if (published.add(feed)) {
      publish(feed);
    }
    return feed.events(plan.rows());
  }

  private void publish(Feed feed) throws SQLException, InterruptedException {
    int events = feed.events(plan.rows());
    progress.step(estimate(plan, feed), "preparing %,d events in %s", events, feed.topic());
    Database database = stage.database("bench_feed_" + feed.id());
    feed.prepare(database, plan.rows());
    stage.topics().createCompacted(feed.topic());
    try (BridgeProcess bridge =
        stage.bridge(stage.settings(feed.bridge(), database).onlyReading())) {
      Patience.until(
          "all is in " + feed.topic(),
          PATIENCE.plusSeconds(events / 1_000),
          200,
          () -> {
            BridgeProcess.Status status = bridge.status();
            return status.published() >= events && status.pending() == 0;
          });
    }
  }
}
