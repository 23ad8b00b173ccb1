package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.bridge.config.Delivery;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A bridge may end anywhere, also within a transaction all of whose rows share one LSN. */
@ExtendWith(PuckExtension.class)
class WalRestartIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final int ROWS = 20_000;
  private static final int RUNS = 4;

  @Test
  void shouldRepeatAndLoseNothingOfOneCopy(TestEnvironment environment) throws Exception {
    // Given
    Failures failures = new Failures();
    try (WalDatabase database = new WalDatabase(environment)) {
      database.run("create table t (id integer primary key, body text)");
      database.install("t");
      BridgeSetup setup = database.setup().table("public.t", "t").queueMaxBytes(1 << 16);
      try (Bridge bridge = Bridge.start(setup.config(), setup.kafka(), failures.hooks());
          TopicReader rows = setup.read("t")) {
        // When
        failures.begin();
        database.copy("copy t from stdin", 0, ROWS);
        database.run("insert into t values (" + ROWS + ", 'last')");

        // Then
        rows.awaitUntil(PATIENCE, read -> has(read, ROWS));
        List<Event> events = rows.all();
        assertThat(events).as("seed %d", failures.seed).hasSize(ROWS + 1);
        assertThat(failures.left()).as("of the failures, seed %d", failures.seed).isZero();
        assertThat(keys(events)).isEqualTo(keys(ROWS + 1));
        assertThat(events).extracting(e -> e.headers().get("puck.id")).doesNotHaveDuplicates();
        assertThat(bridge.status().source()).isEqualTo("wal");
      }
    }
  }

  @Test
  void shouldGoOnWhereAClosedBridgeWas(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      database.run("create table t (id integer primary key, body text)");
      database.install("t");
      BridgeSetup setup = database.setup().table("public.t", "t").queueMaxBytes(1 << 16);

      // When
      for (int run = 0; run < RUNS; run++) {
        try (Bridge bridge = setup.start()) {
          database.copy("copy t from stdin", run * ROWS / RUNS, ROWS / RUNS);
          await().atMost(PATIENCE).until(() -> bridge.status().published() > 0);
        }
      }

      // Then
      try (Bridge bridge = setup.start();
          TopicReader rows = setup.read("t")) {
        rows.awaitUntil(PATIENCE, read -> read.size() >= ROWS);
        List<Event> events = rows.all();
        assertThat(events).hasSize(ROWS);
        assertThat(keys(events)).isEqualTo(keys(ROWS));
        assertThat(bridge.status().source()).isEqualTo("wal");
      }
    }
  }

  @Test
  void shouldLoseNothingAtLeastOnce(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      database.run("create table t (id integer primary key, body text)");
      database.install("t");
      BridgeSetup setup =
          database
              .setup()
              .table("public.t", "t")
              .delivery(Delivery.AT_LEAST_ONCE)
              .queueMaxBytes(1 << 16);
      database.copy("copy t from stdin", 0, ROWS);

      // When
      try (Bridge bridge = setup.start()) {
        await().atMost(PATIENCE).until(() -> bridge.status().published() > 0);
      }

      // Then
      try (Bridge bridge = setup.start();
          TopicReader rows = setup.read("t")) {
        rows.awaitUntil(PATIENCE, read -> has(read, ROWS - 1));
        assertThat(keys(rows.all())).isEqualTo(keys(ROWS));
        assertThat(bridge.status().source()).isEqualTo("wal");
      }
    }
  }

  /** As sets: AssertJ compares lists of any order each with each, which takes most of a minute. */
  private static Set<@Nullable String> keys(List<Event> events) {
    return events.stream().map(Event::key).collect(Collectors.toSet());
  }

  private static Set<String> keys(int rows) {
    return IntStream.range(0, rows).mapToObj(WalRestartIT::key).collect(Collectors.toSet());
  }

  private static boolean has(List<Event> events, int id) {
    return events.stream().anyMatch(event -> key(id).equals(event.key()));
  }

  private static String key(int id) {
    return "{\"id\":" + id + "}";
  }
}
