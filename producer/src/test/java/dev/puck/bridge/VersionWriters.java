package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Sessions that raise versions of shared rows, and publish each version as a message, too, until
 * they are closed: whatever is committed, a key's events are its versions from 1 on.
 */
final class VersionWriters implements AutoCloseable {
  static final String TABLE = "create table item (id integer primary key, version bigint)";

  private static final int SESSIONS = 6;
  private static final int KEYS = 24;
  private static final Pattern AFTER = Pattern.compile("\"after\":\\{[^}]*\"version\":(\\d+)");
  private static final Pattern KEY = Pattern.compile("\\d+");

  private final TestEnvironment environment;
  private final AtomicBoolean stop = new AtomicBoolean();
  private final ExecutorService threads = Executors.newFixedThreadPool(SESSIONS);
  private final List<Future<?>> sessions = new ArrayList<>();

  VersionWriters(TestEnvironment environment, long seed) {
    this.environment = environment;
    for (int i = 0; i < SESSIONS; i++) {
      Random random = new Random(seed + i);
      sessions.add(threads.submit(() -> run(random)));
    }
  }

  /** Ends them, and fails if one of them did. */
  void finish() throws InterruptedException, ExecutionException {
    stop.set(true);
    for (Future<?> each : sessions) {
      each.get();
    }
  }

  /** What was committed, by key. */
  Map<Integer, Long> versions() throws SQLException {
    Map<Integer, Long> versions = new TreeMap<>();
    try (Connection connection = environment.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select id, version from item")) {
      while (row.next()) {
        versions.put(row.getInt(1), row.getLong(2));
      }
    }
    return versions;
  }

  /** Each version once, and in order. */
  static void requireAll(Map<Integer, Long> versions, List<Event> events) {
    Map<String, Map<Integer, List<Event>>> told = new TreeMap<>();
    for (Event event : events) {
      told.computeIfAbsent(event.topic(), any -> new TreeMap<>())
          .computeIfAbsent(key(event), any -> new ArrayList<>())
          .add(event);
    }
    assertThat(told).hasSize(2);
    told.forEach(
        (topic, byKey) -> {
          assertThat(byKey.keySet()).as(topic).isEqualTo(versions.keySet());
          byKey.forEach((key, list) -> requireAll(versions.getOrDefault(key, 0L), list));
        });
  }

  private static void requireAll(long last, List<Event> events) {
    for (int i = 0; i < events.size(); i++) {
      assertThat(version(events.get(i)))
          .as("the version of the last of %s", events.subList(Math.max(0, i - 2), i + 1))
          .isEqualTo(i + 1);
    }
    assertThat(events).as("how many came of %s", events.get(0)).hasSize((int) last);
  }

  @Override
  public void close() {
    stop.set(true);
    threads.shutdown();
    await().atMost(20, TimeUnit.SECONDS).until(threads::isTerminated);
  }

  private static int key(Event event) {
    Matcher key = KEY.matcher(String.valueOf(event.key()));
    assertThat(key.find()).as("a key in %s", event).isTrue();
    return Integer.parseInt(key.group());
  }

  private static long version(Event event) {
    Matcher after = AFTER.matcher(event.value());
    return Long.parseLong(after.find() ? after.group(1) : event.value());
  }

  private Void run(Random random) throws SQLException {
    try (Connection connection = environment.connect();
        Statement statement = connection.createStatement()) {
      connection.setAutoCommit(false);
      while (!stop.get()) {
        // In order, so that none waits for another in a circle.
        TreeSet<Integer> keys = new TreeSet<>();
        int count = 1 + random.nextInt(4);
        for (int i = 0; i < count; i++) {
          keys.add(random.nextInt(KEYS));
        }
        for (int key : keys) {
          raise(statement, key);
        }
        if (random.nextInt(50) == 0) {
          statement.execute("select pg_sleep(0.2)");
        }
        if (random.nextInt(8) == 0) {
          connection.rollback();
        } else {
          connection.commit();
        }
      }
      return null;
    }
  }

  /** The message is published while the row's lock is held, which orders it. */
  private static void raise(Statement statement, int key) throws SQLException {
    statement.execute(
        """
        with raised as (
          insert into item values (%1$d, 1)
          on conflict (id) do update set version = item.version + 1
          returning version)
        select puck.publish('version', version::text, '%1$d') from raised
        """
            .formatted(key));
  }
}
