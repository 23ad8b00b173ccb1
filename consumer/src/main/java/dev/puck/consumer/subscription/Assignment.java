package dev.puck.consumer.subscription;

import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRebalanceListener;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;

/** How a subscription comes by its partitions. Owned by the subscription's thread. */
public interface Assignment {
  /** Those whose partitions it takes. */
  List<String> topics();

  /** More of the client's properties; those that it relies on. */
  Map<String, Object> properties();

  /**
   * Called before every poll. Takes the partitions, or asks for them the first time; the listener
   * hears of each, then or while polling.
   */
  void refresh(Consumer<byte[], byte[]> consumer, ConsumerRebalanceListener listener);

  /** Called after every batch that was applied. */
  void applied(Consumer<byte[], byte[]> consumer, Map<TopicPartition, OffsetAndMetadata> next);
}
