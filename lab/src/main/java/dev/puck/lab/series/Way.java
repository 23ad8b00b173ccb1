package dev.puck.lab.series;

import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** How a crowd's retweets are written down. */
enum Way {
  /** The message's counter is counted up in place. */
  UPDATE(
      "",
      "update tweet.message set rts = rts + 1 where messageid = ?",
      "select sum(rts) from tweet.message"),

  /** A row for each. */
  INSERT("", Way.ACT, Way.ACTIVITY),

  /** A row for each, and a trigger that notifies. */
  NOTIFY("/sql/tweet/notify.sql", Way.ACT, Way.ACTIVITY),

  /** A row for each, and a trigger that counts up a row of the message's. */
  TRIGGER(Way.TRIGGER_ROW, Way.ACT, Way.COUNTED_BY_TRIGGER),

  /** The same, with a message for each worker: what the trigger costs where nobody waits. */
  TRIGGER_APART(Way.TRIGGER_ROW, Way.ACT, Way.COUNTED_BY_TRIGGER);

  private static final String ACT =
      "insert into tweet.activity (messageid, action) values (?, 'rt')";
  private static final String ACTIVITY = "select count(*) from tweet.activity";
  private static final String TRIGGER_ROW = "/sql/cache/trigger_row.sql";
  private static final String COUNTED_BY_TRIGGER = "select sum(rts) from twcache.counters_by_row";

  /** What the series printed, in seconds, by the number of retweets. */
  private static final Map<Integer, Double> UPDATES = Map.of(10, 3.10, 50, 5.07, 100, 8.13);

  private static final Map<Integer, Double> INSERTS = Map.of(10, 2.13, 50, 3.74, 100, 6.68);
  private static final Map<Integer, Double> NOTIFIED = Map.of(100, 10.35);

  private final String script;
  private final String write;
  private final String count;

  Way(String script, String write, String count) {
    this.script = script;
    this.write = write;
    this.count = count;
  }

  /** What it needs, a file of {@code sql/}; empty for nothing. */
  Optional<String> script() {
    return script.isEmpty() ? Optional.empty() : Optional.of(script);
  }

  /** A statement that takes the message's number. */
  String write() {
    return write;
  }

  /** How many retweets it has counted. */
  String count() {
    return count;
  }

  /** Whether each worker has a message of its own. */
  boolean isApart() {
    return this == TRIGGER_APART;
  }

  /** What the series printed for 100 workers with that many retweets each. */
  Optional<Double> seriesSeconds(int retweets) {
    return Optional.ofNullable(
        switch (this) {
          case UPDATE -> UPDATES.get(retweets);
          case INSERT -> INSERTS.get(retweets);
          case NOTIFY -> NOTIFIED.get(retweets);
          case TRIGGER, TRIGGER_APART -> null;
        });
  }

  /** What it took in the series, of what an insert took there. */
  Optional<Double> seriesRatio(int retweets) {
    return seriesSeconds(retweets)
        .flatMap(own -> INSERT.seriesSeconds(retweets).map(insert -> own / insert));
  }

  /** For a table, and for {@code series.json}. */
  String key() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
