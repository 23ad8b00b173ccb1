package dev.puck.consumer.reducer;

import java.util.Map;
import org.apache.kafka.common.TopicPartition;

/**
 * Values, and the offsets that belong to them: all events before those are in the values, and none
 * after.
 *
 * @param values by key
 * @param next the next offset of each partition known
 */
record WarmState<V>(Map<String, V> values, Map<TopicPartition, Long> next) {}
