package dev.puck.lab.bench.stage;

import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.KafkaConfig;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.config.TopicConfig;

/** Topics of the bench's own. */
public final class Topics {
  private final Kafka kafka;

  Topics(String bootstrapServers) {
    this.kafka = new Kafka(new KafkaConfig(bootstrapServers, Map.of()));
  }

  /** A new one, as a bridge would make it. */
  public void create(String topic) throws InterruptedException {
    create(topic, Map.of());
  }

  /** A new one that forgets what is overwritten. */
  public void createCompacted(String topic) throws InterruptedException {
    create(topic, Map.of(TopicConfig.CLEANUP_POLICY_CONFIG, TopicConfig.CLEANUP_POLICY_COMPACT));
  }

  /** Deletes it, to give its space back. */
  public void delete(String topic) throws InterruptedException {
    try (Admin admin = kafka.admin()) {
      kafka.await("deleting a topic", admin.deleteTopics(List.of(topic)).all());
    }
  }

  private void create(String topic, Map<String, String> configs) throws InterruptedException {
    NewTopic wanted = new NewTopic(topic, BridgeSettings.PARTITIONS, (short) 1).configs(configs);
    try (Admin admin = kafka.admin()) {
      kafka.await("making a topic", admin.createTopics(List.of(wanted)).all());
    }
  }
}
