package dev.puck.consumer.deadletter;

import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.InterruptException;
import org.apache.kafka.common.errors.TopicExistsException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;

/** Creates the topics of dead letters when the first one comes. Thread-safe. */
final class DeadLetterTopics {
  static final int MAX_BYTES = 32 << 20;

  /** As the bridge's: their order is worth more than their throughput, and none goes by itself. */
  private static final Map<String, String> SETTINGS =
      Map.of(
          TopicConfig.CLEANUP_POLICY_CONFIG,
          TopicConfig.CLEANUP_POLICY_DELETE,
          TopicConfig.RETENTION_MS_CONFIG,
          "-1",
          TopicConfig.RETENTION_BYTES_CONFIG,
          "-1",
          TopicConfig.MAX_MESSAGE_BYTES_CONFIG,
          Integer.toString(MAX_BYTES));

  private final Kafka kafka;
  private final Set<String> known = ConcurrentHashMap.newKeySet();

  DeadLetterTopics(Kafka kafka) {
    this.kafka = kafka;
  }

  /**
   * With one partition.
   *
   * @throws TransientException if it is not there, and cannot be created
   */
  void createIfMissing(String topic) {
    if (known.contains(topic)) {
      return;
    }
    Admin admin = kafka.admin();
    try {
      // First a look: a user may write to a topic without being allowed to create one.
      if (!exists(admin, topic)) {
        create(admin, topic);
      }
    } finally {
      admin.close(Duration.ZERO);
    }
    known.add(topic);
  }

  private static boolean exists(Admin admin, String topic) {
    try {
      await(admin.describeTopics(Set.of(topic)).allTopicNames());
      return true;
    } catch (ExecutionException | TimeoutException e) {
      if (e.getCause() instanceof UnknownTopicOrPartitionException) {
        return false;
      }
      throw failed("looked for", topic, "Is the consumer allowed to describe and write it?", e);
    }
  }

  private static void create(Admin admin, String topic) {
    NewTopic wanted = new NewTopic(topic, Optional.of(1), Optional.empty()).configs(SETTINGS);
    try {
      await(admin.createTopics(Set.of(wanted)).all());
    } catch (ExecutionException | TimeoutException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw failed("created", topic, "Create it, or allow the consumer to.", e);
      }
    }
  }

  private static <T> void await(KafkaFuture<T> answer) throws ExecutionException, TimeoutException {
    try {
      answer.get(Kafka.PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private static TransientException failed(String doing, String topic, String fix, Exception e) {
    Throwable cause = e.getCause() == null ? e : e.getCause();
    return new TransientException(
        "The topic '%s' for dead letters cannot be %s (%s). %s Nothing is skipped meanwhile."
            .formatted(topic, doing, cause, fix),
        e);
  }
}
