package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What goes in comes out: keys, partitions, headers, order, odd names, odd payloads. */
@ExtendWith(PuckExtension.class)
class RelayingIT {
  @Test
  void shouldKeepTheOrderOfEachKeyInItsPartition(TestEnvironment environment) throws Exception {
    // Given
    long seed = System.nanoTime();
    System.out.println("seed " + seed);
    Random random = new Random(seed);
    BridgeSetup setup = new BridgeSetup(environment).route("activity", null, "/id");
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect();
        TopicReader reader = setup.read("activity")) {
      // When
      Map<String, List<String>> sent = new HashMap<>();
      for (int i = 0; i < 1_000; i++) {
        String key = Integer.toString(random.nextInt(20));
        String payload = "{\"id\": " + key + ", \"n\": " + i + "}";
        BridgeSetup.notify(connection, "activity", payload);
        sent.computeIfAbsent(key, k -> new ArrayList<>()).add(payload);
      }

      // Then
      reader.awaitMessages(1_000);
      List<Event> events = reader.all();
      assertThat(events).as("seed %d", seed).hasSize(1_000);
      Map<String, List<Event>> received =
          events.stream().collect(Collectors.groupingBy(e -> String.valueOf(e.key())));
      received.forEach(
          (key, ofKey) -> {
            assertThat(ofKey).extracting(Event::value).as("seed %d", seed).isEqualTo(sent.get(key));
            assertThat(ofKey).extracting(Event::partition).containsOnly(ofKey.get(0).partition());
            assertThat(ofKey).extracting(e -> e.headers().get("puck.position")).isSorted();
          });
      assertThat(events).extracting(Event::partition).contains(0, 1, 2);
      assertThat(events).extracting(e -> e.headers().get("puck.id")).doesNotHaveDuplicates();
      assertThat(bridge.status().received()).isEqualTo(1_000);
      assertThat(bridge.status().published()).isEqualTo(1_000);
    }
  }

  @Test
  void shouldSetTheHeadersOfTheContract(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = new BridgeSetup(environment).route("c", null, null);
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect();
        TopicReader reader = setup.read("c")) {
      // When
      BridgeSetup.notify(connection, "c", "hello");

      // Then
      Event event = reader.awaitMessages(1).get(0);
      assertThat(event.key()).isNull();
      assertThat(event.headers().values())
          .containsOnlyKeys("puck.kind", "puck.bridge", "puck.id", "puck.position", "puck.at")
          .containsEntry("puck.kind", "message")
          .containsEntry("puck.bridge", environment.name());
      String position = event.headers().get("puck.position");
      assertThat(position).matches("00000001\\.\\d{12}\\.\\d{10}");
      assertThat(event.headers().get("puck.id")).isEqualTo(environment.name() + ":" + position);
      assertThat(Long.parseLong(event.headers().get("puck.at")))
          .isBetween(1_700_000_000_000_000L, System.currentTimeMillis() * 1_000 + 1_000);
      assertThat(bridge.status().bridge()).isEqualTo(environment.name());
    }
  }

  @Test
  void shouldListenOnChannelsWhoseNamesNeedQuoting(TestEnvironment environment) throws Exception {
    // Given
    List<String> channels =
        List.of(
            "tweet.activity",
            "UPPER",
            "upper",
            "with space",
            "quo\"te",
            "'; drop",
            "Zoë 🧚",
            "ü".repeat(31),
            "select",
            "$1",
            "a\nb");
    BridgeSetup setup = new BridgeSetup(environment);
    channels.forEach(channel -> setup.route(channel, "all", null));
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect();
        TopicReader reader = setup.read("all")) {
      // When
      for (String channel : channels) {
        BridgeSetup.notify(connection, channel, "to " + channel);
      }

      // Then
      reader.awaitMessages(channels.size());
      assertThat(reader.values())
          .containsExactlyInAnyOrderElementsOf(channels.stream().map(c -> "to " + c).toList());
      assertThat(bridge.status().routes()).containsOnlyKeys(channels);
    }
  }

  @Test
  void shouldPassEveryPayloadUnchanged(TestEnvironment environment) throws Exception {
    // Given
    List<String> payloads =
        List.of(
            "x".repeat(7_999),
            "🧚".repeat(1_999) + "é!",
            "",
            " ",
            "Zoë said \"\\u0000\"\n\ttwice\u0001",
            "𝔓𝔲𝔠𝔨 👩‍👩‍👧‍👦 \u202e \ufeff");
    BridgeSetup setup = new BridgeSetup(environment).partitions(1).route("c", null, null);
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect();
        TopicReader reader = setup.read("c")) {
      // When
      for (String payload : payloads) {
        BridgeSetup.notify(connection, "c", payload);
      }

      // Then
      reader.awaitMessages(payloads.size());
      assertThat(reader.values()).isEqualTo(payloads);
      assertThatThrownBy(() -> BridgeSetup.notify(connection, "c", "x".repeat(8_000)))
          .isInstanceOf(SQLException.class)
          .hasMessageContaining("payload string too long");
      assertThat(bridge.status().deadLetters()).isZero();
    }
  }

  /** As in the series: seven updates, of which PostgreSQL delivers four. */
  @Test
  void shouldShowThatPostgresFoldsIdenticalPayloads(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = new BridgeSetup(environment).partitions(1).route("c", null, null);
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect();
        Statement statement = connection.createStatement();
        TopicReader reader = setup.read("c")) {
      // When
      statement.execute(
          """
          begin;
          notify c, 'rt 1'; notify c, 'fav 1'; notify c, 'rt 1'; notify c, 'rt 2';
          notify c, 'rt 1'; notify c, 'de-rt 1'; notify c, 'fav 1';
          commit;
          notify c, 'end';
          """);

      // Then
      reader.awaitMessages(5);
      assertThat(reader.values()).containsExactly("rt 1", "fav 1", "rt 2", "de-rt 1", "end");
      assertThat(bridge.status().received()).isEqualTo(5);
    }
  }

  @Test
  void shouldPassAHugeTransactionInOrder(TestEnvironment environment) throws Exception {
    // Given
    int count = 30_000;
    BridgeSetup setup =
        new BridgeSetup(environment).partitions(1).queueMaxBytes(1 << 20).route("c", null, null);
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect();
        Statement statement = connection.createStatement();
        TopicReader reader = setup.read("c")) {
      // When
      statement.execute("select count(pg_notify('c', i::text)) from generate_series(1, 30000) i");

      // Then
      reader.awaitMessages(count);
      List<Event> events = reader.all();
      assertThat(events).hasSize(count);
      for (int i = 0; i < count; i++) {
        assertThat(events.get(i).value()).isEqualTo(Integer.toString(i + 1));
      }
      assertThat(bridge.status().gaps()).isZero();
    }
  }
}
