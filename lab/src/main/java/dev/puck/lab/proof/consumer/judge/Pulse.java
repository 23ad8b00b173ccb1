package dev.puck.lab.proof.consumer.judge;

import dev.puck.lab.proof.workload.Database;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Rows in every partition that are changed to see whether changes still come through: to Redis, to
 * the summary, and to the memory of each process. Used by one thread.
 */
public final class Pulse {
  private static final String BEAT =
      "update prove.account set ver = ver + 1, eid = nextval('prove.eid') where id < 0"
          + " returning id, eid";
  private static final String SUMMED = "select grp, eids from %s where grp < 0";
  private static final List<String> KEYS =
      IntStream.rangeClosed(1, Layout.PULSES).mapToObj(n -> "-" + n).toList();

  private final Database source;
  private final Database downstream;
  private final RedisView redis;
  private final HttpView http = new HttpView();

  public Pulse(Database source, Database downstream, RedisView redis) {
    this.source = source;
    this.downstream = downstream;
    this.redis = redis;
  }

  /** Changes the rows; the numbers of these events, by row. */
  public Map<Long, Long> beat() throws SQLException {
    return numbers(source, BEAT);
  }

  /** Whether Redis shows these events. */
  public boolean isInRedis(Map<Long, Long> events) {
    return shows(redis.read(Layout.REDIS_ACCOUNT, KEYS), events);
  }

  /** Whether the summary has them. */
  public boolean isInSummary(Map<Long, Long> events) {
    try {
      return reaches(numbers(downstream, SUMMED.formatted(Layout.TOTALS)), events);
    } catch (SQLException e) {
      return false; // away
    }
  }

  /** Whether the process that answers there shows them. */
  public boolean isInMemory(@Nullable String url, Map<Long, Long> events)
      throws InterruptedException {
    return shows(http.read(url, Layout.MEMORY_ACCOUNT, KEYS), events);
  }

  private static boolean shows(@Nullable Map<String, Seen> seen, Map<Long, Long> events) {
    if (seen == null) {
      return false;
    }
    Map<Long, Long> found = new HashMap<>();
    seen.forEach((key, value) -> found.put(Long.valueOf(key), value.eid()));
    return reaches(found, events);
  }

  private static boolean reaches(Map<Long, Long> found, Map<Long, Long> events) {
    return events.entrySet().stream()
        .allMatch(each -> found.getOrDefault(each.getKey(), Seen.GONE) >= each.getValue());
  }

  private static Map<Long, Long> numbers(Database database, String sql) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      Map<Long, Long> numbers = new HashMap<>();
      while (rows.next()) {
        numbers.put(rows.getLong(1), rows.getLong(2));
      }
      return numbers;
    }
  }
}
