package dev.puck.bridge.publisher.kafka;

import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.Config;
import org.apache.kafka.common.config.ConfigResource;
import org.apache.kafka.common.config.TopicConfig;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.jspecify.annotations.Nullable;

/** Asks Kafka for {@code max.message.bytes} of topics. */
final class TopicLimits {
  private static final Duration ASK_AGAIN = Duration.ofMillis(50);

  private TopicLimits() {}

  /** The limits of those topics, all of which exist, if not known to every broker yet. */
  static SizeLimits read(Kafka kafka, Admin admin, Collection<String> topics)
      throws InterruptedException {
    List<ConfigResource> resources =
        topics.stream().map(topic -> new ConfigResource(ConfigResource.Type.TOPIC, topic)).toList();
    Map<ConfigResource, Config> configs = describe(kafka, admin, resources);
    Map<String, Integer> limits = new HashMap<>();
    configs.forEach(
        (topic, config) ->
            limits.put(
                topic.name(),
                Integer.valueOf(config.get(TopicConfig.MAX_MESSAGE_BYTES_CONFIG).value())));
    return new SizeLimits(limits);
  }

  /** A broker may be asked before it has heard of a topic that was made just now. */
  private static Map<ConfigResource, Config> describe(
      Kafka kafka, Admin admin, List<ConfigResource> topics) throws InterruptedException {
    long deadline = System.nanoTime() + kafka.patience().toNanos();
    while (true) {
      try {
        return kafka.await("reading the topics' settings", admin.describeConfigs(topics).all());
      } catch (TransientException e) {
        if (!isUnknownTopic(e) || System.nanoTime() - deadline > 0) {
          throw e;
        }
        Thread.sleep(ASK_AGAIN.toMillis());
      }
    }
  }

  private static boolean isUnknownTopic(Throwable failure) {
    for (@Nullable Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UnknownTopicOrPartitionException) {
        return true;
      }
    }
    return false;
  }
}
