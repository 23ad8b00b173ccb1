package dev.puck.lab.proof.consumer.judge;

import dev.puck.lab.proof.check.Finding;
import dev.puck.lab.proof.history.FlatJson;
import dev.puck.lab.proof.history.Image;
import dev.puck.lab.proof.history.Shape;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Tables;
import dev.puck.lab.proof.workload.Database;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** Compares, once all is at rest, every projection with the tables. Used by one thread. */
public final class Judge {
  private static final String TOTALS =
      "select grp, concat_ws(' ', rows, vers, eids) from %s where rows <> 0 or vers <> 0 or eids <> 0";
  private static final String CHANGES = "select 0, sum(changes) from %s";

  private final Truth truth;
  private final Histories histories;
  private final HttpView http = new HttpView();

  private Judge(Truth truth, Histories histories) {
    this.truth = truth;
    this.histories = histories;
  }

  /** Reads the tables. */
  public static Judge of(Database source, Sightings topics) throws SQLException {
    return new Judge(Truth.read(source), new Histories(topics));
  }

  /** How many events of the tables there were. */
  public int events() {
    return (int)
        Layout.IN_MEMORY.stream()
            .flatMap(cache -> histories.rows(cache.table()).stream())
            .mapToLong(histories::events)
            .sum();
  }

  /** What the stream itself has that it should not: where there is any, the rest means nothing. */
  public List<Finding> topics() {
    Difference topics = new Difference("topics");
    Map<String, Image> last = new HashMap<>(histories.last());
    last.keySet().removeIf(row -> Layout.IN_MEMORY.stream().noneMatch(each -> isOf(row, each)));
    topics.add("The topic", truth.rows(), last);
    histories.strangers().forEach(each -> topics.add("A record " + each));
    return List.of(topics.finding());
  }

  /** What is wrong in each projection. */
  public List<Finding> projections(RedisView redis, Database downstream, List<String> urls)
      throws SQLException, InterruptedException {
    List<Finding> findings = new ArrayList<>();
    findings.add(memory(urls));
    findings.add(redis(redis));
    findings.add(summary(downstream));
    findings.add(reducer(urls));
    return findings;
  }

  /** What readers saw while everything happened; ends them. */
  public List<Finding> reads(Readers readers) throws InterruptedException {
    List<Finding> findings = new ArrayList<>(ReadOrder.check(histories, readers.stop()));
    @Nullable String failure = readers.failure();
    findings.add(new Finding("strange_answers", failure == null ? 0 : 1, failure));
    return findings;
  }

  private Finding memory(List<String> urls) throws InterruptedException {
    Difference difference = new Difference("memory");
    for (String url : urls) {
      for (Layout.Cache cache : Layout.IN_MEMORY) {
        compare(difference, cache, http.read(url, cache.name(), keys(cache.table())), url);
      }
    }
    return difference.finding();
  }

  private Finding redis(RedisView redis) {
    Difference difference = new Difference("redis");
    for (Layout.Cache cache : Layout.IN_REDIS) {
      Set<String> keys = keys(cache.table());
      compare(difference, cache, redis.read(cache.name(), keys), "Redis");
      Set<String> more = redis.keys(cache.name());
      more.removeAll(keys);
      more.forEach(key -> difference.add("Redis has a key " + key + " that never was"));
    }
    return difference.finding();
  }

  private void compare(
      Difference difference, Layout.Cache cache, @Nullable Map<String, Seen> seen, String where) {
    if (seen == null) {
      difference.add(where + " does not answer for " + cache.name());
      return;
    }
    Shape shape = Objects.requireNonNull(Tables.shape(cache.table()));
    Map<String, Image> found = new HashMap<>();
    seen.forEach(
        (key, each) -> {
          if (each.value() != null) {
            found.put(cache.table() + " id=" + key, shape.image(FlatJson.parse(each.value())));
          }
        });
    Map<String, Image> wanted = new HashMap<>(truth.rows());
    wanted.keySet().removeIf(row -> !isOf(row, cache));
    difference.add(where + " " + cache.name(), wanted, found);
  }

  private Finding summary(Database downstream) throws SQLException {
    Difference difference = new Difference("summary");
    try (Connection connection = downstream.connect();
        Statement statement = connection.createStatement()) {
      difference.add(
          "The summary", truth.totals(), Truth.totals(statement, TOTALS.formatted(Layout.TOTALS)));
      long events = histories.rows(Layout.ACCOUNT).stream().mapToLong(histories::events).sum();
      difference.add(
          "The number of events",
          Map.of(0L, Long.toString(events)),
          Truth.totals(statement, CHANGES.formatted(Layout.TOTALS)));
    }
    return difference.finding();
  }

  private Finding reducer(List<String> urls) throws InterruptedException {
    Difference difference = new Difference("reducer");
    Map<String, String> wanted = new HashMap<>();
    for (String row : histories.rows(Layout.ACCOUNT)) {
      @Nullable Image now = truth.rows().get(row);
      wanted.put(
          "{\"id\":%s}".formatted(row.substring(row.indexOf('=') + 1)),
          "{\"events\":%d,\"rows\":%d,\"eids\":%d}"
              .formatted(histories.events(row), now == null ? 0 : 1, now == null ? 0 : now.eid()));
    }
    for (String url : urls) {
      @Nullable Map<String, Seen> seen = http.read(url, Layout.REDUCER, wanted.keySet());
      Map<String, String> found = new HashMap<>();
      if (seen != null) {
        seen.forEach((key, each) -> found.put(key, String.valueOf(each.value())));
      }
      difference.add(url, wanted, found);
    }
    return difference.finding();
  }

  /** Those that were ever told of, as caches have them. */
  private Set<String> keys(String table) {
    Set<String> keys = new TreeSet<>();
    histories.rows(table).forEach(row -> keys.add(row.substring(row.indexOf('=') + 1)));
    return keys;
  }

  private static boolean isOf(String row, Layout.Cache cache) {
    return row.startsWith(cache.table() + ' ');
  }
}
