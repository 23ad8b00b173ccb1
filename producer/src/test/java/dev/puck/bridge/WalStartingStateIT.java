package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.TopicReader.Event;
import dev.puck.bridge.config.OnGap;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What tables had before takes its place among their changes. */
@ExtendWith(PuckExtension.class)
class WalStartingStateIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final Duration PATIENCE = Duration.ofMinutes(2);
  private static final int ROWS = 5_000;
  private static final int WRITERS = 3;

  private final long seed = System.nanoTime();

  @Test
  void shouldGiveTheRowsOfATableThatIsNotWritten(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      database.run(
          "create table \"T 1\" (a text, b integer, c bytea, \"d e\" numeric,"
              + " g integer generated always as (b + 1) stored, primary key (a, b))",
          "insert into \"T 1\" select E'a\\tb\\nc\\\\N''\"' || i % 3, i,"
              + " '\\x00ff', 1.50 from generate_series(1, 2500) as i",
          "insert into \"T 1\" values ('\\N', 0, null, 'NaN')");
      database.install("\"T 1\"");
      BridgeSetup setup = database.setupWithStartingState().table("public.T 1", "t");

      // When
      try (Bridge bridge = setup.partitions(1).start();
          TopicReader rows = setup.read("t")) {
        rows.awaitUntil(PATIENCE, read -> read.size() >= 2_501);

        // Then
        List<Event> events = rows.all();
        assertThat(events).hasSize(2_501);
        assertThat(events).allMatch(event -> event.value().contains("\"op\":\"r\""));
        assertThat(events)
            .extracting(event -> event.headers().get("puck.id"))
            .doesNotHaveDuplicates();
        assertThat(after(events, "{\"a\":\"\\\\N\",\"b\":0}"))
            .isEqualTo("{\"a\":\"\\\\N\",\"b\":0,\"c\":null,\"d e\":\"NaN\"}");
        assertThat(after(events, "{\"a\":\"a\\tb\\nc\\\\N'\\\"1\",\"b\":1}"))
            .isEqualTo("{\"a\":\"a\\tb\\nc\\\\N'\\\"1\",\"b\":1,\"c\":\"AP8=\",\"d e\":\"1.50\"}");
        assertThat(bridge.status().source()).isEqualTo("wal");
      }
    }
  }

  @Test
  void shouldPutEachRowBetweenItsChanges(TestEnvironment environment) throws Exception {
    System.out.println("seed " + seed);
    Failures failures = new Failures();
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given: a value out of line, which the WAL does not tell again
      database.run(
          "create table t (id integer primary key, ver integer not null, body text)",
          "alter table t alter body set storage external",
          "insert into t select i, 0, repeat('x', 3000) || i from generate_series(1, "
              + ROWS
              + ") as i");
      database.install("t");
      BridgeSetup setup = database.setupWithStartingState().table("public.t", "t").partitions(1);
      try (Writers writers = new Writers(environment, WalStartingStateIT::change);
          Bridge bridge = Bridge.start(setup.config(), setup.kafka(), failures.hooks());
          TopicReader rows = setup.read("t")) {
        // When
        failures.begin();
        await().atMost(PATIENCE).until(() -> isStarted(database, bridge));
        writers.stop();
        database.run("insert into t values (1000000, 0, 'last')");
        rows.awaitUntil(PATIENCE, read -> after(read, "{\"id\":1000000}") != null);

        // Then
        assertThat(failures.left()).as("of the failures, seed %d", failures.seed).isZero();
        Map<Integer, String> folded = fold(rows.all());
        assertThat(folded).isEqualTo(table(environment));
        assertThat(rows.all()).extracting(e -> e.headers().get("puck.id")).doesNotHaveDuplicates();
      }
    }
  }

  @Test
  void shouldGiveATableWithoutKeyAtOnePlace(TestEnvironment environment) throws Exception {
    System.out.println("seed " + seed);
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      database.run(
          "create table t (id integer, ver integer not null, body text)",
          "insert into t select i, 0, 'row' from generate_series(1, " + ROWS + ") as i");
      database.install(true, "t");
      BridgeSetup setup = database.setupWithStartingState().table("public.t", "t").partitions(1);
      try (Writers writers = new Writers(environment, WalStartingStateIT::changeWithoutKey);
          Bridge bridge = setup.start();
          TopicReader rows = setup.read("t")) {
        // When
        await().atMost(PATIENCE).until(() -> isStarted(database, bridge));
        writers.stop();
        database.run("insert into t values (1000000, 0, 'last')");
        rows.awaitUntil(PATIENCE, read -> read.stream().anyMatch(e -> e.value().contains("last")));

        // Then: what comes after the rows changes them, and nothing is missing from it
        List<Event> events = rows.all();
        assertThat(bag(events)).isEqualTo(bag(environment));
      }
    }
  }

  @Test
  void shouldWaitForThoseWhoWroteBeforeTheTableWasAdded(TestEnvironment environment)
      throws Exception {
    try (WalDatabase database = new WalDatabase(environment);
        Connection early = environment.connect();
        Statement statement = early.createStatement()) {
      // Given
      database.run(
          "create table t (id integer primary key)",
          "create table late (id integer primary key)",
          "insert into late values (1)");
      database.install("t");
      BridgeSetup setup =
          database
              .setupWithStartingState()
              .table("public.t", "t")
              .table("public.late", "late")
              .partitions(1);
      early.setAutoCommit(false);
      try (Bridge bridge = setup.start();
          TopicReader rows = setup.read("late")) {
        statement.execute("insert into late values (2)");

        // When
        database.install("late");
        database.run("insert into t values (1)", "insert into late values (3)");
        rows.awaitUntil(
            PATIENCE, read -> read.stream().anyMatch(e -> "{\"id\":3}".equals(e.key())));
        assertThat(rows.all()).noneMatch(event -> event.value().contains("\"op\":\"r\""));
        early.commit();

        // Then
        rows.awaitUntil(PATIENCE, read -> read.size() >= 4);
        assertThat(rows.all().stream().filter(e -> e.value().contains("\"op\":\"r\"")))
            .extracting(Event::key)
            .containsExactly("{\"id\":1}", "{\"id\":2}", "{\"id\":3}");
        assertThat(bridge.status().source()).isEqualTo("wal");
      }
    }
  }

  @Test
  void shouldGiveTheRowsAgainAfterAGap(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      database.run("create table t (id integer primary key)", "insert into t values (1), (2)");
      database.install("t");
      BridgeSetup setup = database.setup(OnGap.RESYNC, true).table("public.t", "t").partitions(1);
      try (Bridge bridge = setup.start();
          TopicReader rows = setup.read("t")) {
        rows.awaitMessages(2);
        assertThat(bridge.status().gaps()).isZero();
      }

      // When
      database.dropSlot();
      database.run("delete from t where id = 1", "insert into t values (3)");
      try (Bridge bridge = setup.start();
          TopicReader rows = setup.read("t")) {
        rows.awaitMessages(4);

        // Then
        assertThat(rows.all())
            .extracting(Event::key)
            .containsExactly("{\"id\":1}", "{\"id\":2}", "puck:gap", "{\"id\":2}", "{\"id\":3}");
        assertThat(bridge.status().gaps()).isOne();
      }
    }
  }

  private static boolean isStarted(WalDatabase database, Bridge bridge)
      throws IOException, InterruptedException {
    return database.metric(bridge, "puck_bridge_starting_state_rows_total") > 0
        && bridge.status().startingState().isEmpty();
  }

  /** One row at random, in a transaction of a few changes. */
  private static void change(Statement statement, Random random) throws SQLException {
    int id = 1 + random.nextInt(ROWS);
    switch (random.nextInt(6)) {
      case 0 -> statement.execute("delete from t where id = " + id);
      case 1 ->
          statement.execute(
              "insert into t values (%d, 0, 'new') on conflict (id) do update set ver = t.ver + 1"
                  .formatted(id));
      case 2 ->
          statement.execute(
              "update t set id = id + %d, body = 'moved' where id = %d".formatted(2 * ROWS, id));
      case 3 -> statement.execute("update t set ver = ver + 1, body = 'changed' where id = " + id);
      default -> statement.execute("update t set ver = ver + 1 where id = " + id);
    }
  }

  private static void changeWithoutKey(Statement statement, Random random) throws SQLException {
    int id = 1 + random.nextInt(ROWS);
    switch (random.nextInt(3)) {
      case 0 -> statement.execute("delete from t where id = " + id);
      case 1 -> statement.execute("insert into t values (%d, 0, 'new')".formatted(id));
      default -> statement.execute("update t set ver = ver + 1 where id = " + id);
    }
  }

  private static @Nullable String after(List<Event> events, String key) {
    return events.stream()
        .filter(event -> key.equals(event.key()))
        .map(event -> String.valueOf(parsed(event.value()).path("after")))
        .reduce((first, second) -> second)
        .orElse(null);
  }

  /** Who reads the topic has this; versions never go back. */
  private static Map<Integer, String> fold(List<Event> events) {
    Map<Integer, String> rows = new TreeMap<>();
    Map<Integer, String> bodies = new HashMap<>();
    for (Event event : events) {
      if (event.value().equals("(tombstone)")) {
        continue;
      }
      JsonNode value = parsed(event.value());
      JsonNode after = value.path("after");
      int id = parsed(String.valueOf(event.key())).path("id").intValue();
      if (after.isNull()) {
        rows.remove(id);
        continue;
      }
      String body = after.path("body").textValue();
      boolean isTold = !body.equals("__debezium_unavailable_value");
      if (isTold) {
        bodies.put(id, body);
      }
      int ver = after.path("ver").intValue();
      if (rows.containsKey(id)) {
        assertThat(ver)
            .as("version of %d", id)
            .isGreaterThanOrEqualTo(Integer.parseInt(rows.get(id).split(" ", 2)[0]));
      }
      rows.put(id, ver + " " + bodies.get(id));
    }
    return rows;
  }

  private static Map<Integer, String> table(TestEnvironment environment) throws SQLException {
    Map<Integer, String> rows = new TreeMap<>();
    try (Connection connection = environment.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery("select id, ver, body from t")) {
      while (row.next()) {
        rows.put(row.getInt(1), row.getInt(2) + " " + row.getString(3));
      }
    }
    return rows;
  }

  /** How often each row is there: those that were read, and what happened to them since. */
  private static Map<String, Integer> bag(List<Event> events) {
    int first =
        IntStream.range(0, events.size())
            .filter(i -> events.get(i).value().contains("\"op\":\"r\""))
            .findFirst()
            .orElseThrow();
    Map<String, Integer> bag = new TreeMap<>();
    for (Event event : events.subList(first, events.size())) {
      JsonNode value = parsed(event.value());
      if (!value.path("before").isNull()) {
        bag.merge(row(value.path("before")), -1, Integer::sum);
      }
      if (!value.path("after").isNull()) {
        bag.merge(row(value.path("after")), 1, Integer::sum);
      }
    }
    bag.values().removeIf(count -> count == 0);
    return bag;
  }

  private static String row(JsonNode image) {
    return image.path("id") + " " + image.path("ver") + " " + image.path("body").textValue();
  }

  private static Map<String, Integer> bag(TestEnvironment environment) throws SQLException {
    Map<String, Integer> bag = new TreeMap<>();
    try (Connection connection = environment.connect();
        Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(
                "select concat_ws(' ', id, ver, body), count(*) from t group by 1")) {
      while (row.next()) {
        bag.put(row.getString(1), row.getInt(2));
      }
    }
    return bag;
  }

  private static JsonNode parsed(String json) {
    try {
      return JSON.readTree(json);
    } catch (IOException e) {
      throw new IllegalStateException(json, e);
    }
  }

  @FunctionalInterface
  private interface Writing {
    void change(Statement statement, Random random) throws SQLException;
  }

  /** Write until they are stopped; their deadlocks and conflicts are a part of it. */
  private final class Writers implements AutoCloseable {
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;

    Writers(TestEnvironment environment, Writing writing) {
      for (int i = 0; i < WRITERS; i++) {
        Random random = new Random(seed + i);
        Thread thread = new Thread(() -> write(environment, writing, random), "writer-" + i);
        thread.setDaemon(true);
        threads.add(thread);
        thread.start();
      }
    }

    private void write(TestEnvironment environment, Writing writing, Random random) {
      try (Connection connection = environment.connect();
          Statement statement = connection.createStatement()) {
        connection.setAutoCommit(false);
        while (!stopped) {
          transaction(connection, statement, writing, random);
        }
      } catch (SQLException e) {
        throw new IllegalStateException(e);
      }
    }

    private void transaction(
        Connection connection, Statement statement, Writing writing, Random random)
        throws SQLException {
      try {
        int changes = 1 + random.nextInt(4);
        for (int i = 0; i < changes; i++) {
          writing.change(statement, random);
        }
        connection.commit();
      } catch (SQLException e) {
        connection.rollback();
      }
    }

    void stop() throws InterruptedException {
      stopped = true;
      for (Thread thread : threads) {
        thread.join();
      }
    }

    @Override
    public void close() {
      stopped = true;
    }
  }
}
