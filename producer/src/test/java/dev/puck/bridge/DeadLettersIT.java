package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.bridge.deadletter.DeadLetters;
import dev.puck.bridge.deadletter.StoredDeadLetter;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.Postgres;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AlterConfigOp;
import org.apache.kafka.clients.admin.ConfigEntry;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.ConfigResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What an operator does with dead letters of the outbox. */
@ExtendWith(PuckExtension.class)
class DeadLettersIT {
  @Test
  void shouldReplayOnceUnderAnotherKey(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = new BridgeSetup(environment).outbox().route("c", "t", "/id");
    try (Connection connection = installed(environment);
        Bridge bridge = setup.start();
        TopicReader reader = setup.read("t");
        TopicReader kept = setup.read("t.dead-letter")) {
      run(connection, "select puck.publish('c', 'not JSON')");
      kept.awaitMessages(1);
      assertThat(bridge.status().deadLetters()).isEqualTo(1);
      DeadLetters letters = letters(setup);
      StoredDeadLetter letter = only(letters.list(Optional.of(setup.topic("t")), 10));
      assertThat(letter.reference()).isEqualTo(setup.topic("t.dead-letter") + "/0@0");
      assertThat(letter.reason()).contains("not JSON");

      // When
      letters.replay(letters.find(letter.reference()), Optional.of("4711"));

      // Then
      Event event = reader.awaitMessages(1).get(0);
      assertThat(event.key()).isEqualTo("4711");
      assertThat(event.value()).isEqualTo("not JSON");
      assertThat(event.headers().values()).doesNotContainKey("puck.dead-letter.reason");
      StoredDeadLetter replayed = only(letters.list(Optional.of(setup.topic("t")), 10));
      assertThat(replayed.replayed()).isTrue();
      assertThatThrownBy(() -> letters.replay(replayed, Optional.empty()))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("was replayed already");
    }
  }

  @Test
  void shouldKeepInPostgresWhatKafkaDoesNotTake(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = new BridgeSetup(environment).outbox().route("c", "t", null);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", environment.bootstrapServers()));
        Connection connection = installed(environment)) {
      NewTopic small =
          new NewTopic(setup.topic("t"), 1, (short) 1).configs(Map.of("max.message.bytes", "2000"));
      admin.createTopics(Set.of(small)).all().get();
      try (Bridge bridge = setup.start();
          TopicReader reader = setup.read("t")) {
        // When
        run(connection, "select puck.publish('c', 'before', 'k')");
        run(connection, "select puck.publish('c', repeat('x', 5000), 'k')");
        run(connection, "select puck.publish('c', 'after', 'k')");

        // Then
        reader.awaitMessages(2);
        assertThat(reader.values()).containsExactly("before", "after");
        assertThat(bridge.status().deadLetters()).isEqualTo(1);
        DeadLetters letters = letters(setup);
        StoredDeadLetter letter = only(letters.list(Optional.of(setup.topic("t")), 10));
        assertThat(letter.reference()).startsWith("puck.dead_letter/");
        assertThat(letter.value()).hasSize(5000);

        // When
        raiseLimit(admin, setup.topic("t"));
        letters.replay(letters.find(letter.reference()), Optional.empty());

        // Then
        assertThat(reader.awaitMessages(3).get(2).value()).hasSize(5000);
        assertThat(only(letters.list(Optional.of(setup.topic("t")), 10)).replayed()).isTrue();
      }
    }
  }

  @Test
  void shouldNameTheTopicsThereAre(TestEnvironment environment) throws Exception {
    BridgeSetup setup = new BridgeSetup(environment).outbox().route("c", "t", null);
    try (Connection connection = installed(environment);
        Bridge bridge = setup.start()) {
      assertThat(connection.isClosed()).isFalse();
      assertThat(bridge.status().deadLetters()).isZero();
      assertThatThrownBy(() -> letters(setup).list(Optional.of("nowhere"), 10))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("nowhere")
          .hasMessageContaining(setup.topic("t.dead-letter"));
      assertThatThrownBy(() -> letters(setup).find(setup.topic("t.dead-letter") + "/0@99"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("There is no dead letter");
    }
  }

  private static DeadLetters letters(BridgeSetup setup) {
    return new DeadLetters(
        new Kafka(setup.kafka()),
        Optional.of(new Postgres(setup.config().postgres(), "dead letters")));
  }

  private static StoredDeadLetter only(List<StoredDeadLetter> letters) {
    assertThat(letters).hasSize(1);
    return letters.get(0);
  }

  private static void raiseLimit(Admin admin, String topic) throws Exception {
    ConfigResource resource = new ConfigResource(ConfigResource.Type.TOPIC, topic);
    AlterConfigOp raise =
        new AlterConfigOp(new ConfigEntry("max.message.bytes", "20000"), AlterConfigOp.OpType.SET);
    admin.incrementalAlterConfigs(Map.of(resource, List.of(raise))).all().get();
  }

  private static Connection installed(TestEnvironment environment) throws SQLException {
    Connection connection = environment.connect();
    new SchemaInstaller(connection).install();
    return connection;
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
