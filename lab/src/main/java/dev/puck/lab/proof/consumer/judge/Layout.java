package dev.puck.lab.proof.consumer.judge;

import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * What is where in one trial: the names of the projections, and the rows that are looked at.
 *
 * @param name of the trial, which is also the consumer's
 */
public record Layout(String name) {
  /** The table that has a cache in memory, one in Redis, a reducer and a summary. */
  public static final String ACCOUNT = "prove.account";

  /** The table that has caches, and is truncated now and then. */
  public static final String EMPTIED = "prove.emptied";

  public static final String MEMORY_ACCOUNT = "account";
  public static final String MEMORY_EMPTIED = "emptied";
  public static final String REDIS_ACCOUNT = "shared-account";
  public static final String REDIS_EMPTIED = "shared-emptied";
  public static final String REDUCER = "tally";
  public static final String SUMMARY = "totals";

  /** The summary's table. */
  public static final String TOTALS = "public.totals";

  /** Rows that are changed to see whether changes flow, as {@code rows.sql} has them. */
  static final int PULSES = 12;

  private static final int HOT_ROWS = 24;

  /** What the names of that cache's keys in Redis begin with. */
  String entries(String cache) {
    return name + ":" + cache + ":";
  }

  /** Where Redis has the state of that cache. */
  String state(String cache) {
    return "puck-state:" + name + ".cache." + cache;
  }

  /** The keys of that table that are changed most, and read all the time. */
  static List<String> hotKeys(String table) {
    IntStream hot =
        table.equals(ACCOUNT)
            ? IntStream.concat(
                IntStream.rangeClosed(-PULSES, -1), IntStream.rangeClosed(1, HOT_ROWS))
            : IntStream.concat(
                IntStream.rangeClosed(1, HOT_ROWS), IntStream.rangeClosed(51, 50 + HOT_ROWS));
    return hot.mapToObj(Integer::toString).toList();
  }

  /** A table and a cache of it. */
  record Cache(String table, String name) {}

  static final List<Cache> IN_MEMORY =
      List.of(new Cache(ACCOUNT, MEMORY_ACCOUNT), new Cache(EMPTIED, MEMORY_EMPTIED));
  static final List<Cache> IN_REDIS =
      List.of(new Cache(ACCOUNT, REDIS_ACCOUNT), new Cache(EMPTIED, REDIS_EMPTIED));

  static List<Cache> all() {
    return Stream.concat(IN_MEMORY.stream(), IN_REDIS.stream()).toList();
  }
}
