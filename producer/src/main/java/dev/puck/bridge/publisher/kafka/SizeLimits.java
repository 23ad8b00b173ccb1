package dev.puck.bridge.publisher.kafka;

import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.jspecify.annotations.Nullable;

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

  private static final int MAX_VARIABLE_BYTES = 5;
  private static final int MAX_BYTES_OF_A_CHAR = 3;

  public SizeLimits {
    maxMessageBytes = Map.copyOf(maxMessageBytes);
  }

  /** Whether the event's topic would refuse it even alone. */
  boolean areExceededBy(OutgoingEvent event) {
    int limit = maxMessageBytes.getOrDefault(event.topic(), Integer.MAX_VALUE);
    return mostBytes(event) > limit && sizeInBytes(event) > limit;
  }

  /** Never less than the size, and needs no text encoded, as almost no event needs to be. */
  private static long mostBytes(OutgoingEvent event) {
    long most = BATCH_HEADER_BYTES + FIXED_RECORD_BYTES + 4 * MAX_VARIABLE_BYTES;
    most += length(event.value()) + length(event.key());
    for (EventHeader header : event.headers()) {
      most += 2L * MAX_VARIABLE_BYTES;
      most += MAX_BYTES_OF_A_CHAR * ((long) header.name().length() + header.value().length());
    }
    return most;
  }

  /** How large a batch may be to be taken by every topic, and at most {@code most}. */
  int batchBytes(int most) {
    return Math.min(
        most, maxMessageBytes.values().stream().mapToInt(Integer::intValue).min().orElse(most));
  }

  static int sizeInBytes(OutgoingEvent event) {
    int size = FIXED_RECORD_BYTES + variableBytes(event.headers().size());
    size += event.key() == null ? 1 : withLength(event.key().length);
    size += event.value() == null ? 1 : withLength(event.value().length);
    for (EventHeader header : event.headers()) {
      size += withLength(header.name().length());
      size += withLength(header.value().getBytes(StandardCharsets.UTF_8).length);
    }
    return BATCH_HEADER_BYTES + withLength(size);
  }

  private static long length(byte @Nullable [] bytes) {
    return bytes == null ? 0 : bytes.length;
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
