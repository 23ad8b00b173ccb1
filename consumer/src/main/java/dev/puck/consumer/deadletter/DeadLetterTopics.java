package dev.puck.consumer.deadletter;

import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;

/** Creates the topics of dead letters when the first one comes. Thread-safe. */
final class DeadLetterTopics {
  static final int MAX_BYTES = 32 << 20;

  private final Kafka kafka;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  DeadLetterTopics(Kafka kafka) {
    this.kafka = kafka;
  }

  /** With one partition, since their order is worth more than their throughput. */
  void createIfMissing(String topic) {
    if (known.contains(topic)) {
      return;
    }
    try (Admin admin = kafka.admin()) {
      NewTopic wanted =
          new NewTopic(topic, Optional.of(1), Optional.empty())
              .configs(Map.of(TopicConfig.MAX_MESSAGE_BYTES_CONFIG, Integer.toString(MAX_BYTES)));
      admin
          .createTopics(Set.of(wanted))
          .all()
          .get(Kafka.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    } catch (ExecutionException | TimeoutException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new TransientException(
            "The topic '"
                + topic
                + "' for dead letters cannot be created ("
                + e.getMessage()
                + "). Create it, or allow the consumer to.",
            e);
      }
    }
    known.add(topic);
  }
}
