package dev.puck.consumer;

import dev.puck.consumer.cache.TopicEnds;
import dev.puck.service.connection.Kafka;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsOptions;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.InterruptException;

/** Asks Kafka how far some topics go. */
record KafkaTopicEnds(Kafka kafka, List<String> topics) implements TopicEnds {
  @Override
  public Map<TopicPartition, Long> read() {
    try (Admin admin = kafka.admin()) {
      return ends(admin);
    } catch (InterruptedException e) {
      throw new InterruptException(e);
    }
  }

  private Map<TopicPartition, Long> ends(Admin admin) throws InterruptedException {
    Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
    kafka
        .await("describing topics", admin.describeTopics(topics).allTopicNames())
        .forEach(
            (topic, about) ->
                about
                    .partitions()
                    .forEach(
                        each ->
                            wanted.put(
                                new TopicPartition(topic, each.partition()), OffsetSpec.latest())));
    Map<TopicPartition, Long> ends = new HashMap<>();
    kafka
        .await(
            "asking for end offsets",
            admin.listOffsets(wanted, new ListOffsetsOptions(IsolationLevel.READ_COMMITTED)).all())
        .forEach((partition, end) -> ends.put(partition, end.offset()));
    return ends;
  }
}
