package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.GapEvent;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Every interval in which something may have been missed is said, in every partition. */
@ExtendWith(PuckExtension.class)
class GapIT {
  private static final String TERMINATE =
      "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
          + " where datname = current_database() and application_name like 'puck bridge%'";

  @Test
  void shouldSayNoGapAtTheFirstStartEver(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = new BridgeSetup(environment).route("c", null, null);
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect();
        TopicReader reader = setup.read("c")) {
      // When
      BridgeSetup.notify(connection, "c", "first");

      // Then
      reader.awaitMessages(1);
      assertThat(reader.all()).extracting(Event::value).containsExactly("first");
      assertThat(bridge.status().gaps()).isZero();
    }
  }

  @Test
  void shouldReconnectAndSayOneGapInEachPartition(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = new BridgeSetup(environment).route("a", null, null).route("b", null, null);
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect();
        Statement statement = connection.createStatement();
        TopicReader reader = setup.read("a", "b")) {
      BridgeSetup.notify(connection, "a", "before");
      reader.awaitMessages(1);

      // When
      Instant loss = Instant.now();
      statement.execute(TERMINATE);
      BridgeSetup.notify(connection, "a", "perhaps lost");
      await().until(() -> bridge.status().gaps() == 1);
      for (int i = 0; i < 30; i++) {
        BridgeSetup.notify(connection, "a", "after");
      }

      // Then
      reader.awaitUntil(
          read ->
              read.stream().filter(e -> e.value().equals("after")).count() == 30
                  && reader.gaps().size() >= 6);
      List<Event> events = reader.all();
      List<Event> gaps = reader.gaps();
      assertThat(gaps)
          .extracting(gap -> gap.topic() + "-" + gap.partition())
          .containsExactlyInAnyOrder(
              setup.topic("a-0"),
              setup.topic("a-1"),
              setup.topic("a-2"),
              setup.topic("b-0"),
              setup.topic("b-1"),
              setup.topic("b-2"));
      assertThat(gaps).extracting(Event::key).containsOnly("puck:gap");
      assertThat(gaps)
          .extracting(gap -> gap.headers().get("puck.id"))
          .hasSize(6)
          .containsOnly(gaps.get(0).headers().get("puck.id"));
      assertThat(gaps)
          .allSatisfy(
              gap -> {
                GapEvent event = gapOf(gap);
                assertThat(event.from()).isBeforeOrEqualTo(loss);
                assertThat(event.to()).isAfterOrEqualTo(loss);
                assertThat(event.source()).isEqualTo("notify");
                assertThat(event.reason()).isEqualTo("the connection to PostgreSQL was lost");
              });
      for (int partition = 0; partition < 3; partition++) {
        assertOrder(events, setup.topic("a"), partition);
      }
    }
  }

  @Test
  void shouldSayAGapFromTheCheckpointWhenABridgeStartsAgain(TestEnvironment environment)
      throws Exception {
    // Given
    BridgeSetup setup = new BridgeSetup(environment).partitions(1).route("c", null, null);
    try (Connection connection = environment.connect()) {
      Instant stopped;
      try (Bridge first = setup.start()) {
        BridgeSetup.notify(connection, "c", "1");
        await().until(() -> first.status().published() == 1);
        stopped = Instant.now();
      }
      BridgeSetup.notify(connection, "c", "lost");

      // When
      try (Bridge second = setup.start();
          TopicReader reader = setup.read("c")) {
        BridgeSetup.notify(connection, "c", "2");

        // Then
        reader.awaitMessages(2);
        List<Event> events = reader.all();
        assertThat(events).extracting(Event::isGap).containsExactly(false, true, false);
        assertThat(reader.values()).containsExactly("1", "2");
        GapEvent gap = gapOf(events.get(1));
        assertThat(gap.from()).isBefore(stopped).isAfter(stopped.minusSeconds(10));
        assertThat(gap.to()).isAfter(stopped);
        assertThat(gap.reason()).isEqualTo("the bridge was not running");
        List<String> positions = new ArrayList<>();
        events.forEach(event -> positions.add(event.headers().get("puck.position")));
        assertThat(positions).isSorted().doesNotHaveDuplicates();
        assertThat(positions.get(0)).startsWith("00000001.");
        assertThat(positions.get(2)).startsWith("00000002.");
        assertThat(second.status().latestGaps()).hasSize(1);
      }
    }
  }

  @Test
  void shouldCoverWhatWasPendingAtALateLoss(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = new BridgeSetup(environment).partitions(1).route("c", null, null);
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect();
        Statement statement = connection.createStatement();
        TopicReader reader = setup.read("c")) {
      // When
      for (int i = 0; i < 3; i++) {
        statement.execute(TERMINATE);
        int gaps = i + 1;
        await().until(() -> bridge.status().gaps() == gaps);
      }

      // Then
      reader.awaitUntil(read -> read.size() == 3);
      List<GapEvent> gaps = reader.gaps().stream().map(GapIT::gapOf).toList();
      for (int i = 1; i < gaps.size(); i++) {
        assertThat(gaps.get(i).from()).isAfter(gaps.get(i - 1).from());
        assertThat(gaps.get(i).to()).isAfter(gaps.get(i - 1).to());
      }
    }
  }

  private static void assertOrder(List<Event> events, String topic, int partition) {
    List<String> order =
        events.stream()
            .filter(e -> e.topic().equals(topic) && e.partition() == partition)
            .map(e -> e.isGap() ? "gap" : e.value())
            .distinct()
            .toList();
    assertThat(order).containsSubsequence("gap");
    assertThat(order.indexOf("gap")).isGreaterThan(order.indexOf("before"));
    if (order.contains("after")) {
      assertThat(order.indexOf("after")).isGreaterThan(order.indexOf("gap"));
    }
  }

  private static GapEvent gapOf(Event event) {
    return GapEvent.fromJson(event.value().getBytes(StandardCharsets.UTF_8));
  }
}
