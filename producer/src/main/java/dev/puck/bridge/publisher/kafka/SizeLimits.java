package dev.puck.bridge.publisher.kafka;

import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import java.util.HashMap;
import java.util.Map;

/**
 * How large a record each topic takes, so that one that is too large need not be sent to learn it.
 *
 * <p>The size is that of the smallest batch, one record, in Kafka's message format 2 without
 * compression: <a href="https://kafka.apache.org/documentation/#messageformat">Kafka's
 * documentation</a>. A compressed record may be smaller, and be set aside without need.
 *
 * @param maxMessageBytes by topic; a topic that is missing takes everything
 */
public record SizeLimits(Map<String, Integer> maxMessageBytes) {
  private static final int BATCH_HEADER_BYTES = 61;

  /** Attributes, and the distances in time and offset from the batch's, which are nothing. */
  private static final int FIXED_RECORD_BYTES = 3;

  /** The batch's header, and the most that a record's own header may need. */
  private static final int PRODUCERS_OVERHEAD = BATCH_HEADER_BYTES + 21;

  public SizeLimits {
    maxMessageBytes = Map.copyOf(maxMessageBytes);
  }

  /** The same with more topics, or with other limits of theirs. */
  SizeLimits with(Map<String, Integer> more) {
    Map<String, Integer> all = new HashMap<>(maxMessageBytes);
    all.putAll(more);
    return new SizeLimits(all);
  }

  boolean know(String topic) {
    return maxMessageBytes.containsKey(topic);
  }

  /** What the topic takes. */
  int of(String topic) {
    return maxMessageBytes.getOrDefault(topic, Integer.MAX_VALUE);
  }

  /** Whether the event's topic would refuse it even alone. */
  boolean areExceededBy(OutgoingEvent event) {
    return sizeInBytes(event) > of(event.topic());
  }

  /** Whether a producer would refuse it that takes so much: it counts some bytes more. */
  static boolean exceedsProducer(int limit, OutgoingEvent event) {
    return bodyBytes(event) + PRODUCERS_OVERHEAD > limit;
  }

  /** How large a batch may be to be taken by every topic, and at most {@code most}. */
  int batchBytes(int most) {
    return Math.min(
        most, maxMessageBytes.values().stream().mapToInt(Integer::intValue).min().orElse(most));
  }

  static int sizeInBytes(OutgoingEvent event) {
    return BATCH_HEADER_BYTES + withLength(FIXED_RECORD_BYTES + bodyBytes(event));
  }

  /** Key, value and headers, each with its length. */
  private static int bodyBytes(OutgoingEvent event) {
    int size = variableBytes(event.headers().size());
    size += event.key() == null ? 1 : withLength(event.key().length);
    size += event.value() == null ? 1 : withLength(event.value().length);
    for (EventHeader header : event.headers()) {
      size += withLength(header.name().length());
      size += withLength(header.value().length);
    }
    return size;
  }

  private static int withLength(int bytes) {
    return variableBytes(bytes) + bytes;
  }

  /** The length of a number as a zigzag varint. */
  private static int variableBytes(int number) {
    int bytes = 1;
    for (int rest = (number << 1) >>> 7; rest != 0; rest >>>= 7) {
      bytes++;
    }
    return bytes;
  }
}
