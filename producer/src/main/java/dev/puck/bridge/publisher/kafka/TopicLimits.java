package dev.puck.bridge.publisher.kafka;

import dev.puck.service.connection.Kafka;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;

/** Asks Kafka for {@code max.message.bytes} of topics. */
final class TopicLimits {
  private TopicLimits() {}

  /** The limits of those topics, all of which exist. */
  static SizeLimits read(Kafka kafka, Admin admin, Collection<String> topics)
      throws InterruptedException {
    List<ConfigResource> resources =
        topics.stream().map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
    Map<ConfigResource, Config> configs =
        kafka.await("reading the topics' settings", admin.describeConfigs(resources).all());
    Map<String, Integer> limits = new HashMap<>();
    configs.forEach(
        (topic, config) ->
            limits.put(
                topic.name(),
                Integer.valueOf(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value())));
    return new SizeLimits(limits);
  }
}
