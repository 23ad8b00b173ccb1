package dev.puck.lab.trial;

import dev.puck.lab.strategy.Reader;
import dev.puck.lab.strategy.Strategy;
import dev.puck.lab.tweet.MessageCounters.Counters;
import dev.puck.lab.tweet.TweetDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * How far what a strategy shows is from the truth.
 *
 * @param messages whose counters are wrong
 * @param actions by how many in all
 */
record Drift(long messages, long actions) {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /**
   * How long nothing changes when nothing is under way any more. A bridge that was cut off takes
   * several attempts to be back, and a restarted one joins its group again: it must not be judged
   * before.
   */
  private static final Duration QUIET = Duration.ofSeconds(10);

  private static final long LOOK_MILLIS = 100;

  /** What is left of it once all that is under way has arrived; nobody writes meanwhile. */
  static Drift settled(Strategy strategy, TweetDatabase database)
      throws SQLException, IOException, InterruptedException {
    Map<Long, Counters> truth = database.truth();
    Duration interval = strategy.interval().multipliedBy(2);
    try (Reader reader = strategy.openReader()) {
      Drift drift = compare(reader, truth);
      long begin = System.nanoTime();
      long changed = begin;
      while (drift.messages > 0
          && System.nanoTime() - begin < PATIENCE.plus(interval).toNanos()
          && System.nanoTime() - changed < QUIET.plus(interval).toNanos()) {
        TimeUnit.MILLISECONDS.sleep(LOOK_MILLIS);
        Drift now = compare(reader, truth);
        changed = now.equals(drift) ? changed : System.nanoTime();
        drift = now;
      }
      return drift;
    }
  }

  private static Drift compare(Reader reader, Map<Long, Counters> truth)
      throws SQLException, IOException, InterruptedException {
    long messages = 0;
    long actions = 0;
    for (Counters expected : truth.values()) {
      Counters found = reader.read(expected.messageid());
      long wrong =
          Math.abs(found.rts() - expected.rts()) + Math.abs(found.favs() - expected.favs());
      messages += wrong == 0 ? 0 : 1;
      actions += wrong;
    }
    return new Drift(messages, actions);
  }
}
