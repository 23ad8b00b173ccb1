package dev.puck.lab.series;

import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.lab.bench.stage.Progress;
import dev.puck.lab.tweet.TweetDatabase;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.Random;

/**
 * Update against insert, what a trigger that notifies adds, and what one that counts does: each way
 * with each number of retweets, in an order that changes from round to round, each time in a new
 * database.
 */
final class CrowdExperiment {
  /** Commits that are flushed one after the other. */
  private static final int COMMITS_PER_SECOND = 1_000;

  private static final Duration AROUND = Duration.ofSeconds(1);

  private final SeriesOptions options;
  private final EmbeddedPostgres postgres;
  private final Progress progress;
  private int databases;

  CrowdExperiment(SeriesOptions options, EmbeddedPostgres postgres, Progress progress) {
    this.options = options;
    this.postgres = postgres;
    this.progress = progress;
  }

  /** About how long it takes. */
  static Duration estimate(SeriesOptions options) {
    return options.retweets().stream()
        .map(retweets -> estimate(options, retweets))
        .reduce(Duration.ZERO, Duration::plus)
        .multipliedBy((long) options.repeats() * Way.values().length);
  }

  private static Duration estimate(SeriesOptions options, int retweets) {
    return AROUND.plusSeconds((long) options.workers() * retweets / COMMITS_PER_SECOND);
  }

  CrowdResult run() throws SQLException, InterruptedException {
    // What runs for the first time is slow.
    time(Way.INSERT, 1);
    CrowdResult result = new CrowdResult(options);
    Random order = new Random(options.seed());
    for (int round = 0; round < options.repeats(); round++) {
      for (int retweets : options.retweets()) {
        List<Way> ways = new ArrayList<>(List.of(Way.values()));
        Collections.shuffle(ways, order);
        for (Way way : ways) {
          progress.step(
              estimate(options, retweets), "%s, %d x %d", way.key(), options.workers(), retweets);
          result.add(way, retweets, time(way, retweets));
        }
      }
    }
    return result;
  }

  private Timed time(Way way, int retweets) throws SQLException, InterruptedException {
    databases++;
    TweetDatabase database =
        TweetDatabase.create(postgres, "crowd" + databases, options.workers(), 0, options.seed());
    Optional<String> script = way.script();
    if (script.isPresent()) {
      database.run(script.get());
    }
    double seconds = Crowd.seconds(database, way, options.workers(), retweets);
    Timed timed = new Timed(seconds, database.ask(way.count()));
    database.drop();
    return timed;
  }

  /**
   * One run of a crowd.
   *
   * @param seconds that it took
   * @param counted retweets, as the way counts them
   */
  record Timed(double seconds, long counted) {}
}
