package dev.puck.cli.demo;

import dev.puck.lab.tweet.MessageCounters.Counters;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * Truth, cache and summary side by side, message by message.
 *
 * @param messages how many messages were compared
 * @param cacheDrift the messages whose counters in the cache are not the truth
 * @param summaryDrift those whose counters in the summary table are not
 */
record Comparison(int messages, List<Difference> cacheDrift, List<Difference> summaryDrift) {
  private static final String TRUTH =
      "select messageid, rts, favs from tweet.message_with_counters";
  private static final String SUMMARY = "select messageid, rts, favs from twcache.counters";

  /**
   * A message that differs.
   *
   * @param truth what the source database counts
   * @param found what the projection says
   */
  record Difference(Counters truth, Counters found) {
    @Override
    public String toString() {
      return String.format(
          "message %d: truth %d rts, %d favs; found %d rts, %d favs",
          truth.messageid(), truth.rts(), truth.favs(), found.rts(), found.favs());
    }
  }

  /**
   * Compares.
   *
   * @param cache a message's counters in the cache; null where it has none, which means zero
   */
  static Comparison make(
      Connection source, Connection downstream, LongFunction<@Nullable Counters> cache)
      throws SQLException {
    Map<Long, Counters> truth = read(source, TRUTH);
    Map<Long, Counters> summary = read(downstream, SUMMARY);
    TreeSet<Long> ids = new TreeSet<>(truth.keySet());
    ids.addAll(summary.keySet());
    List<Difference> cacheDrift = new ArrayList<>();
    List<Difference> summaryDrift = new ArrayList<>();
    for (long id : ids) {
      Counters expected = orZero(id, truth.get(id));
      addIfDifferent(cacheDrift, expected, orZero(id, cache.apply(id)));
      addIfDifferent(summaryDrift, expected, orZero(id, summary.get(id)));
    }
    return new Comparison(ids.size(), cacheDrift, summaryDrift);
  }

  /** How many differences there are in all. */
  int drift() {
    return cacheDrift.size() + summaryDrift.size();
  }

  private static void addIfDifferent(List<Difference> drift, Counters truth, Counters found) {
    if (!truth.equals(found)) {
      drift.add(new Difference(truth, found));
    }
  }

  private static Counters orZero(long id, @Nullable Counters counters) {
    return counters == null ? new Counters(id, 0, 0) : counters;
  }

  private static Map<Long, Counters> read(Connection connection, String query) throws SQLException {
    Map<Long, Counters> counters = new TreeMap<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      while (rows.next()) {
        long id = rows.getLong(1);
        counters.put(id, new Counters(id, rows.getLong(2), rows.getLong(3)));
      }
    }
    return counters;
  }
}
