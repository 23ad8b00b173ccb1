package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.bridge.config.SourceType;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What each source promises, asked of each in the same way. */
@ExtendWith(PuckExtension.class)
class SourceContractIT {
  private static final Duration PATIENCE = Duration.ofMinutes(1);
  private static final int MESSAGES = 600;
  private static final int RUNS = 3;

  private final Contract contract = new Contract();

  @ParameterizedTest
  @EnumSource(SourceType.class)
  void shouldPublishWhatTheContractSays(SourceType type, TestEnvironment environment)
      throws Exception {
    try (Application application = new Application(type, environment)) {
      // Given
      application.run(
          "create table sale (id integer primary key, amount numeric)",
          "create table note (line text)",
          "create table measure (at integer primary key) partition by range (at)",
          "create table measure_1 partition of measure for values from (0) to (10)",
          "insert into sale values (0, 1.50)");
      application.capture("sale", "note", "measure");
      BridgeSetup setup =
          application.setup().route("orders", "orders", null).route("keyed", "keyed", "/id");
      Set<String> topics = new TreeSet<>(Set.of("orders", "keyed", "keyed.dead-letter"));
      if (application.isDurable()) {
        for (String table : List.of("sale", "note", "measure")) {
          setup.table("public." + table, table);
          topics.add(table);
        }
        setup.transactions("transactions");
        topics.add("transactions");
      }

      // When
      try (Bridge bridge = setup.start()) {
        application.publish("orders", "plain ü€");
        application.publish("keyed", "{\"id\": 7}");
        application.publish("keyed", "no JSON");
        application.changeRows();
        await().atMost(PATIENCE).until(() -> bridge.status().deadLetters() == 1);
      }
      application.loseSomething();
      try (Bridge bridge = setup.start();
          TopicReader reader = setup.read(topics.toArray(String[]::new))) {
        application.publish("orders", "last");
        reader.awaitUntil(PATIENCE, read -> read.stream().anyMatch(e -> e.value().equals("last")));
        await().atMost(PATIENCE).until(() -> bridge.status().gaps() >= 1);

        // Then
        List<Event> events = reader.all();
        events.forEach(contract::check);
        Set<String> kinds = new HashSet<>();
        events.forEach(event -> kinds.add(event.headers().get("puck.kind")));
        assertThat(kinds).contains("message", "gap");
        if (application.isDurable()) {
          assertThat(kinds).contains("row", "truncate", "transaction");
          assertThat(events)
              .extracting(event -> op(event.value()))
              .contains("r", "c", "u", "d", "t", "(tombstone)");
          assertThat(events)
              .filteredOn(event -> !event.isGap())
              .allMatch(event -> event.key() == null || !event.key().equals("puck:gap"));
        }
        assertThat(events).filteredOn(e -> e.topic().endsWith(".dead-letter")).hasSize(1);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(SourceType.class)
  void shouldLoseNothingWithoutSayingSo(SourceType type, TestEnvironment environment)
      throws Exception {
    try (Application application = new Application(type, environment)) {
      // Given
      application.capture();
      BridgeSetup setup = application.setup().route("orders", "orders", null).partitions(1);

      // When: the application goes on while the bridge is not there
      for (int run = 0; run < RUNS; run++) {
        try (Bridge bridge = setup.start()) {
          application.publish(run * MESSAGES, MESSAGES / 2);
          await().atMost(PATIENCE).until(() -> bridge.status().published() > 0);
        }
        application.publish(run * MESSAGES + MESSAGES / 2, MESSAGES / 2);
      }

      // Then
      try (Bridge bridge = setup.start();
          TopicReader reader = setup.read("orders")) {
        application.publish(RUNS * MESSAGES, 1);
        String last = Integer.toString(RUNS * MESSAGES);
        reader.awaitUntil(PATIENCE, read -> read.stream().anyMatch(e -> e.value().equals(last)));
        requireNothingMissing(reader.all(), application.isDurable());
        assertThat(bridge.status().deadLetters()).isZero();
      }
    }
  }

  /**
   * In order, once, and where something is missing there is a gap, which a durable source has none
   * of.
   */
  private static void requireNothingMissing(List<Event> events, boolean durable) {
    int expected = 0;
    boolean isGap = false;
    for (Event event : events) {
      if (event.isGap()) {
        assertThat(durable).as("a durable source has no gap").isFalse();
        isGap = true;
        continue;
      }
      int number = Integer.parseInt(event.value());
      assertThat(number).as("in order, and once").isGreaterThanOrEqualTo(expected);
      assertThat(number == expected || isGap)
          .as("%d is missing before %d", expected, number)
          .isTrue();
      expected = number + 1;
      isGap = false;
    }
    assertThat(expected).isEqualTo(RUNS * MESSAGES + 1);
  }

  private static String op(String value) {
    int at = value.indexOf("\"op\":\"");
    return at < 0 ? value : value.substring(at + 6, at + 7);
  }
}
