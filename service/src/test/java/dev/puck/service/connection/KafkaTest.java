package dev.puck.service.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.errors.InvalidReplicationFactorException;
import org.apache.kafka.common.errors.NotControllerException;
import org.apache.kafka.common.errors.TopicAuthorizationException;
import org.apache.kafka.common.internals.KafkaFutureImpl;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class KafkaTest {
  private static final Duration PATIENCE = Duration.ofMillis(200);

  @Test
  void shouldSayThatNothingAnswers() throws IOException {
    // Given
    String address = "127.0.0.1:" + Ports.closed();
    Kafka kafka = new Kafka(new KafkaConfig(address, Map.of()), PATIENCE);

    try (Admin admin = kafka.admin()) {
      // When
      KafkaFuture<String> answer = admin.describeCluster().clusterId();

      // Then
      assertThatThrownBy(() -> kafka.await("asking for its id", answer))
          .isInstanceOf(TransientException.class)
          .hasMessage(
              "Kafka at %s gave no answer for 200ms while asking for its id. Is it running, and is"
                  + " kafka.bootstrap-servers right?",
              address);
    }
  }

  @Test
  void shouldWaitForBrokersThatAreNotLetInYet() {
    // Given
    Kafka kafka = kafka(Map.of());
    KafkaFutureImpl<Void> early = new KafkaFutureImpl<>();
    early.completeExceptionally(
        new InvalidReplicationFactorException(
            "Unable to replicate the partition 1 time(s): All brokers are currently fenced."));
    KafkaFutureImpl<Void> tooMany = new KafkaFutureImpl<>();
    tooMany.completeExceptionally(
        new InvalidReplicationFactorException(
            "The target replication factor of 3 cannot be reached because only 1 broker(s) are"
                + " registered."));

    // Then
    assertThatThrownBy(() -> kafka.await("creating topic 'a'", early))
        .isInstanceOf(TransientException.class)
        .hasMessageContaining("All brokers are currently fenced.); it may work later.");
    assertThatThrownBy(() -> kafka.await("creating topic 'a'", tooMany))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("only 1 broker(s) are registered.");
  }

  @Test
  void shouldTellARefusalFromWhatPasses() {
    // Given
    Kafka kafka = kafka(Map.of());
    KafkaFutureImpl<Void> refused = new KafkaFutureImpl<>();
    refused.completeExceptionally(new TopicAuthorizationException("Not authorized"));
    KafkaFutureImpl<Void> passing = new KafkaFutureImpl<>();
    passing.completeExceptionally(new NotControllerException("Moved"));

    // Then
    assertThatThrownBy(() -> kafka.await("creating topic 'a'", refused))
        .isInstanceOf(ConfigException.class)
        .hasMessage(
            "Kafka at broker.invalid:9092 refused creating topic 'a' (Not authorized). Check the"
                + " user's rights and kafka.properties.");
    assertThatThrownBy(() -> kafka.await("creating topic 'a'", passing))
        .isInstanceOf(TransientException.class)
        .hasMessage(
            "Kafka at broker.invalid:9092 failed while creating topic 'a' (Moved); it may work"
                + " later.");
  }

  @Test
  void shouldSayThatNoNameResolves() {
    assertThatThrownBy(() -> kafka(Map.of()).admin())
        .isInstanceOf(TransientException.class)
        .hasMessage(
            "Kafka at broker.invalid:9092 cannot be found: no name resolves. Is"
                + " kafka.bootstrap-servers right?");
  }

  @Test
  void shouldSayWhichPropertyIsRefused() {
    assertThatThrownBy(() -> kafka(Map.of("security.protocol", "FOO")).admin())
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("security.protocol")
        .hasMessageEndingWith("Correct kafka.properties.")
        .message()
        .hasLineCount(1);
  }

  @Test
  void shouldPutTheUsersPropertiesAboveOurs() {
    assertThat(kafka(Map.of("acks", "1")).properties(Map.of("acks", "all", "retries", 3)))
        .containsEntry("acks", "1")
        .containsEntry("retries", 3)
        .containsEntry("bootstrap.servers", "broker.invalid:9092");
  }

  private static Kafka kafka(Map<String, String> properties) {
    return new Kafka(new KafkaConfig("broker.invalid:9092", properties), PATIENCE);
  }
}
