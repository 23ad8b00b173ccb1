package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.ObjectMapper;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A cache that takes the truth while events come in is the truth in the end. */
@ExtendWith(PuckExtension.class)
class CacheResyncIT {
  private static final int KEYS = 40;
  private static final int BEHIND = 300;
  private static final int RESYNCS = 8;
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final String TRUTH =
      "select id::text as key, jsonb_build_object('n', n) as value from thing";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final long seed = System.nanoTime();
  private Playground playground;
  private volatile boolean over;

  @BeforeEach
  void open(TestEnvironment environment) throws Exception {
    System.out.println("Cache resync seed " + seed);
    playground = new Playground(environment, 4);
    Sql.run(playground.connection, "create table thing (id int primary key, n int)");
  }

  @AfterEach
  void close() throws Exception {
    over = true;
    playground.close();
  }

  @Test
  void shouldEqualTheTruthAfterManyResyncsUnderLoad() throws Exception {
    // Given
    CompletableFuture<Void> writer = CompletableFuture.runAsync(this::write);
    try (Projector projector = playground.startMemoryCache(TRUTH)) {
      Playground.awaitReady(projector);

      // When
      for (int i = 0; i < RESYNCS; i++) {
        resync(projector);
      }
      over = true;
      writer.join();

      // Then
      await()
          .atMost(PATIENCE)
          .untilAsserted(() -> assertThat(cached(projector)).isEqualTo(truth()));
      assertThat(truth()).isNotEmpty();
    }
  }

  @Test
  void shouldBeginWithTheTruthWhereTheTopicHasNoMore() throws Exception {
    // Given
    Sql.run(
        playground.connection, "insert into thing select id, 7 from generate_series(1, 30) as id");
    playground.sendLatest("1", "{\"n\":6}");
    playground.flush();
    try (Admin admin = playground.admin()) {
      for (int partition = 0; partition < 4; partition++) {
        TopicPartition place = new TopicPartition(playground.topic, partition);
        admin.deleteRecords(Map.of(place, RecordsToDelete.beforeOffset(-1))).all().get();
      }
    }

    // When
    try (Projector projector = playground.startMemoryCache(TRUTH)) {
      // Then
      Playground.awaitReady(projector);
      assertThat(cached(projector)).isEqualTo(truth()).hasSize(30);
    }
  }

  /** One writer, whose changes are published in their order, some of them long after. */
  private void write() {
    Random random = new Random(seed);
    Deque<Change> held = new ArrayDeque<>();
    try (Connection connection = playground.newConnection();
        Statement statement = connection.createStatement()) {
      while (!over) {
        held.add(change(statement, 1 + random.nextInt(KEYS), random));
        if (held.size() > BEHIND) {
          send(held.remove());
        }
      }
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    held.forEach(this::send);
    playground.flush();
  }

  private record Change(String key, @Nullable String value, long xid) {}

  private static Change change(Statement statement, int key, Random random) throws SQLException {
    boolean gone = random.nextInt(5) == 0;
    int n = random.nextInt(1_000_000);
    String sql =
        gone
            ? "with gone as (delete from thing where id = %1$d returning id)"
                + " select pg_current_xact_id()::text from (select count(*) from gone) as all_gone"
            : "insert into thing values (%1$d, %2$d) on conflict (id) do update set n = excluded.n"
                + " returning pg_current_xact_id()::text";
    try (ResultSet row = statement.executeQuery(sql.formatted(key, n))) {
      row.next();
      return new Change(
          Integer.toString(key),
          gone ? null : "{\"n\":" + n + "}",
          Long.parseLong(row.getString(1)));
    }
  }

  private void send(Change change) {
    playground.sendLatest(change.key, change.value, change.xid);
  }

  private static void resync(Projector projector) throws Exception {
    long before = completed(projector);
    assertThat(Playground.post(projector, "/resync/latest").statusCode()).isEqualTo(202);
    await().atMost(PATIENCE).until(() -> completed(projector) > before);
  }

  private static long completed(Projector projector) throws Exception {
    String status = Playground.get(projector, "/resync").body();
    return JSON.readTree(status).path("resyncs").path(0).path("completed").asLong();
  }

  private Map<String, Integer> truth() throws SQLException {
    Map<String, Integer> truth = new TreeMap<>();
    try (Statement statement = playground.connection.createStatement();
        ResultSet rows = statement.executeQuery("select id::text, n from thing")) {
      while (rows.next()) {
        truth.put(rows.getString(1), rows.getInt(2));
      }
    }
    return truth;
  }

  private static Map<String, Integer> cached(Projector projector) throws Exception {
    Map<String, Integer> cached = new TreeMap<>();
    for (int key = 1; key <= KEYS; key++) {
      var answer = Playground.get(projector, "/caches/latest/" + key);
      if (answer.statusCode() == 200) {
        cached.put(Integer.toString(key), JSON.readTree(answer.body()).path("n").asInt());
      }
    }
    return cached;
  }
}
