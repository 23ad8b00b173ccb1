package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.CheckpointOperator.From;
import dev.puck.bridge.checkpoint.Checkpoint;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.ConfigException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Who may empty an outbox, and what an operator can decide. */
@ExtendWith(PuckExtension.class)
class OutboxOwnerIT {
  @Test
  void shouldRefuseAnotherBridgeUntilItAdoptsTheOutbox(TestEnvironment environment)
      throws Exception {
    // Given
    BridgeSetup first = outbox(environment);
    try (Connection connection = installed(environment)) {
      relayed(first, connection, "1");

      // When, Then
      BridgeSetup second = outbox(environment).name(environment.name() + ".other");
      assertThatThrownBy(second::start)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("belongs to bridge '" + environment.name() + "'")
          .hasMessageContaining("puck checkpoint adopt");
      assertThatThrownBy(() -> new CheckpointOperator(second.config(), second.kafka()).adopt())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("puck checkpoint reset --from");
      new CheckpointOperator(second.config(), second.kafka()).reset(From.NOW);
      relayed(second, connection, "1", "2");
      assertThatThrownBy(first::start)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("belongs to bridge '" + environment.name() + ".other'");
    }
  }

  @Test
  void shouldRefuseALostCheckpointUntilSomebodyDecides(TestEnvironment environment)
      throws Exception {
    // Given
    BridgeSetup setup = outbox(environment);
    try (Connection connection = installed(environment)) {
      relayed(setup, connection, "1");
      forgetCheckpoint(environment);

      // When, Then
      assertThatThrownBy(setup::start)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("there is no checkpoint of it in topic puck.checkpoints")
          .hasMessageContaining("puck checkpoint reset --from earliest")
          .hasMessageContaining("puck checkpoint reset --from now");
      CheckpointOperator operator = new CheckpointOperator(setup.config(), setup.kafka());
      assertThat(operator.show().checkpoint()).isEmpty();
      assertThat(operator.show().owner())
          .hasValueSatisfying(owner -> assertThat(owner).contains(environment.name()));
      operator.reset(From.EARLIEST);
      assertThat(operator.show().waiting()).hasValue(1);
      relayed(setup, connection, "1", "1", "2");
    }
  }

  @Test
  void shouldRefuseACopyUntilItIsAdopted(TestEnvironment environment) throws Exception {
    // Given: a stamp that is of another place, as after a logical restore
    BridgeSetup setup = outbox(environment);
    try (Connection connection = installed(environment)) {
      relayed(setup, connection, "1");
      run(connection, "update puck.installation set database = 1");

      // When, Then
      assertThatThrownBy(setup::start)
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("is a copy")
          .hasMessageContaining("puck checkpoint adopt");
      new CheckpointOperator(setup.config(), setup.kafka()).adopt();
      relayed(setup, connection, "1", "2");
    }
  }

  @Test
  void shouldNotDecideBehindARunningBridge(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = outbox(environment);
    try (Connection connection = installed(environment);
        Bridge bridge = setup.start()) {
      assertThat(connection.isClosed()).isFalse();
      assertThat(bridge.status().role()).isEqualTo("active");

      // When, Then
      assertThatThrownBy(
              () -> new CheckpointOperator(setup.config(), setup.kafka()).reset(From.NOW))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("runs, and would not notice. Stop it first.");
    }
  }

  private static BridgeSetup outbox(TestEnvironment environment) {
    return new BridgeSetup(environment).outbox().route("c", "c", null);
  }

  private static Connection installed(TestEnvironment environment) throws SQLException {
    Connection connection = environment.connect();
    new SchemaInstaller(connection).install();
    return connection;
  }

  /** Publishes the last of the payloads, and reads all of them. */
  private static void relayed(BridgeSetup setup, Connection connection, String... payloads)
      throws SQLException, InterruptedException {
    run(connection, "select puck.publish('c', '" + payloads[payloads.length - 1] + "', 'k')");
    try (Bridge bridge = setup.start();
        TopicReader reader = setup.read("c")) {
      reader.awaitMessages(payloads.length);
      assertThat(bridge.status().deadLetters()).isZero();
      assertThat(reader.values()).containsExactly(payloads);
    }
  }

  private static void forgetCheckpoint(TestEnvironment environment) throws Exception {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(ProducerConfig.BOOTSTRAP_SERVERS_CONFIG, environment.bootstrapServers()),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      byte[] key = environment.name().getBytes(StandardCharsets.UTF_8);
      producer.send(new ProducerRecord<>(Checkpoint.TOPIC, key, null)).get();
    }
  }

  private static void run(Connection connection, String statement) throws SQLException {
    try (Statement each = connection.createStatement()) {
      each.execute(statement);
    }
  }
}
