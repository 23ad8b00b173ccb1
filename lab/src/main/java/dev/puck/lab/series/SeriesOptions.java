package dev.puck.lab.series;

import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problems;
import java.util.List;

/**
 * How the experiments are done.
 *
 * @param workers sessions that retweet one message at once
 * @param retweets how many times each of them does, one experiment for each number
 * @param repeats how often each is timed
 * @param seed decides the order
 */
public record SeriesOptions(int workers, List<Integer> retweets, int repeats, long seed) {
  /** The servers take 200 connections; some are others'. */
  private static final int MOST_WORKERS = 180;

  private static final int MOST_RETWEETS = 10_000;
  private static final int MOST_REPEATS = 100;

  /**
   * @throws ConfigException if something is out of range
   */
  public SeriesOptions {
    retweets = List.copyOf(retweets);
    Problems problems =
        new Problems()
            .range("--workers", workers, 1, MOST_WORKERS)
            .range("--repeats", repeats, 1, MOST_REPEATS)
            .check(!retweets.isEmpty(), "--retweets", "is empty; give at least one number.");
    for (int each : retweets) {
      problems.range("--retweets", each, 1, MOST_RETWEETS);
    }
    problems.throwIfAny();
  }

  /** As the series did them: 100 workers, 10, 50 and 100 retweets each. */
  public static List<Integer> seriesRetweets() {
    return List.of(10, 50, 100);
  }
}
