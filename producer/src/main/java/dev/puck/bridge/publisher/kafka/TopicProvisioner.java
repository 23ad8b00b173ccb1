package dev.puck.bridge.publisher.kafka;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.CreateTopicsResult;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.TopicExistsException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Makes the topics that are missing, and leaves those that exist as they are. */
public final class TopicProvisioner {
  private static final Logger LOGGER = LoggerFactory.getLogger(TopicProvisioner.class);

  private final Kafka kafka;
  private final Optional<Short> replicationFactor;
  private final List<NewTopic> wanted = new ArrayList<>();

  /**
   * @param replicationFactor -1: as the broker decides
   */
  public TopicProvisioner(Kafka kafka, int replicationFactor) {
    this.kafka = kafka;
    this.replicationFactor =
        replicationFactor == -1 ? Optional.empty() : Optional.of((short) replicationFactor);
  }

  /** A topic for events. */
  public TopicProvisioner events(String topic, int partitions) {
    wanted.add(new NewTopic(topic, Optional.of(partitions), replicationFactor));
    return this;
  }

  /** A topic for dead letters: one partition, kept until somebody decides otherwise. */
  public TopicProvisioner deadLetters(String topic) {
    wanted.add(
        new NewTopic(topic, Optional.of(1), replicationFactor)
            .configs(Map.of(TopicConfig.RETENTION_MS_CONFIG, "-1")));
    return this;
  }

  /** A topic whose latest record of each key stands: one partition. */
  public TopicProvisioner compacted(String topic) {
    wanted.add(
        new NewTopic(topic, Optional.of(1), replicationFactor)
            .configs(
                Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT)));
    return this;
  }

  /**
   * Makes what is missing; returns when all exist, with what they take.
   *
   * @throws TransientException if Kafka gives no answer
   * @throws ConfigException if it refuses a topic, or no client can be made for it
   */
  public SizeLimits provision() throws InterruptedException {
    Admin admin = kafka.admin();
    try {
      Set<String> existing = kafka.await("listing topics", admin.listTopics().names());
      List<NewTopic> missing =
          wanted.stream().filter(topic -> !existing.contains(topic.name())).toList();
      create(admin, missing);
      return TopicLimits.read(kafka, admin, wanted.stream().map(NewTopic::name).toList());
    } finally {
      // Its own patience would wait for the answers that nobody wants any more.
      admin.close(Duration.ZERO);
    }
  }

  private void create(Admin admin, Collection<NewTopic> missing) throws InterruptedException {
    CreateTopicsResult result = admin.createTopics(missing);
    for (Map.Entry<String, KafkaFuture<Void>> creation : result.values().entrySet()) {
      String topic = creation.getKey();
      try {
        kafka.await("making topic '" + topic + "'", creation.getValue());
        LOGGER.atInfo().addKeyValue("topic", topic).log("Topic made");
      } catch (ConfigException e) {
        if (!existsMeanwhile(e)) {
          throw e;
        }
      }
    }
  }

  /** Another process may have made it since it was found missing. */
  private static boolean existsMeanwhile(ConfigException refusal) {
    return refusal.getCause() instanceof ExecutionException execution
        && execution.getCause() instanceof TopicExistsException;
  }
}
