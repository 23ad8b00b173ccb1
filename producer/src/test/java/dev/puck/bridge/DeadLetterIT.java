package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What cannot go where its route says is kept, with its bytes and the reason. */
@ExtendWith(PuckExtension.class)
class DeadLetterIT {
  @Test
  void shouldSetAsideWhatHasNoKey(TestEnvironment environment) throws Exception {
    // Given
    List<String> bad = List.of("not JSON 🧚", "{\"other\": 1}", "", "{\"id\":\"puck:gap\"}");
    BridgeSetup setup = new BridgeSetup(environment).route("c", "t", "/id");
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect();
        TopicReader reader = setup.read("t");
        TopicReader letters = setup.read("t.dead-letter")) {
      // When
      for (String payload : bad) {
        BridgeSetup.notify(connection, "c", payload);
      }
      BridgeSetup.notify(connection, "c", "{\"id\":1}");

      // Then
      reader.awaitMessages(1);
      letters.awaitMessages(bad.size());
      assertThat(reader.all()).extracting(Event::value).containsExactly("{\"id\":1}");
      assertThat(letters.values()).isEqualTo(bad);
      assertThat(letters.messages())
          .allSatisfy(
              letter ->
                  assertThat(letter.headers().values())
                      .containsEntry("puck.dead-letter.channel", "c")
                      .containsEntry("puck.dead-letter.topic", setup.topic("t"))
                      .containsKeys("puck.dead-letter.reason", "puck.id", "puck.position"));
      assertThat(bridge.status().deadLetters()).isEqualTo(bad.size());
    }
  }

  @Test
  void shouldSetAsideWhatItsTopicDoesNotTake(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = new BridgeSetup(environment).route("c", "t", null);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", environment.bootstrapServers()))) {
      NewTopic small =
          new NewTopic(setup.topic("t"), 1, (short) 1).configs(Map.of("max.message.bytes", "2000"));
      admin.createTopics(Set.of(small)).all().get();
    }
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect();
        TopicReader reader = setup.read("t");
        TopicReader letters = setup.read("t.dead-letter")) {
      // When
      String large = "x".repeat(5_000);
      BridgeSetup.notify(connection, "c", "1");
      BridgeSetup.notify(connection, "c", large);
      BridgeSetup.notify(connection, "c", "2");

      // Then
      reader.awaitMessages(2);
      assertThat(reader.values()).containsExactly("1", "2");
      Event letter = letters.awaitMessages(1).get(0);
      assertThat(letter.value()).isEqualTo(large);
      assertThat(letter.headers().values())
          .containsEntry("puck.dead-letter.channel", "c")
          .containsEntry(
              "puck.dead-letter.reason", "the record is larger than its topic's max.message.bytes");
      assertThat(bridge.status().deadLetters()).isEqualTo(1);
    }
  }

  /** Kafka refuses the first request to the partition, while more are to come. */
  @Test
  void shouldKeepTheOrderAroundWhatATopicCeasedToTake(TestEnvironment environment)
      throws Exception {
    // Given
    BridgeSetup setup = new BridgeSetup(environment).partitions(1).route("c", "t", null);
    try (Bridge bridge = setup.start();
        Connection connection = environment.connect();
        TopicReader reader = setup.read("t");
        TopicReader letters = setup.read("t.dead-letter")) {
      lowerLimit(environment, setup.topic("t"));

      // When
      List<String> small = new ArrayList<>();
      for (int i = 0; i < 300; i++) {
        boolean large = i % 3 == 1;
        BridgeSetup.notify(connection, "c", i + (large ? "x".repeat(5_000) : ""));
        if (!large) {
          small.add(Integer.toString(i));
        }
      }

      // Then
      reader.awaitMessages(small.size());
      assertThat(reader.all()).extracting(Event::value).isEqualTo(small);
      letters.awaitMessages(100);
      assertThat(letters.all()).hasSize(100);
      assertThat(bridge.status().gaps()).isZero();
    }
  }

  private static void lowerLimit(TestEnvironment environment, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp lower =
        new AlterConfigOp(new ConfigEntry("max.message.bytes", "2000"), AlterConfigOp.OpType.SET);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", environment.bootstrapServers()))) {
      admin.incrementalAlterConfigs(Map.of(resource, List.of(lower))).all().get();
    }
  }
}
