package dev.puck.consumer.reducer;

import dev.puck.consumer.projection.Reached;
import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Values, and how far they are.
 *
 * @param values by key
 * @param reached of each partition known
 */
record WarmState<V>(Map<String, V> values, Map<TopicPartition, Reached> reached) {}
