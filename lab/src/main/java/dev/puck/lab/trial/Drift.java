package dev.puck.lab.trial;

import dev.puck.lab.strategy.Reader;
import dev.puck.lab.strategy.Strategy;
import dev.puck.lab.tweet.MessageCounters.Counters;
import dev.puck.lab.tweet.TweetDatabase;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Map;

/**
 * How far what a strategy shows is from the truth.
 *
 * @param messages whose counters are wrong
 * @param actions by how many in all
 */
record Drift(long messages, long actions) {
  /** What is left of it once all that is under way has arrived; nobody writes meanwhile. */
  static Drift settled(Strategy strategy, TweetDatabase database)
      throws SQLException, IOException, InterruptedException {
    Map<Long, Counters> truth = database.truth();
    try (Reader reader = strategy.openReader()) {
      return Settling.await(
          strategy.interval(), () -> compare(reader, truth), drift -> drift.messages == 0);
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
