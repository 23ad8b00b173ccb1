package dev.puck.consumer.projection;

import dev.puck.event.EventHeaders;
import dev.puck.event.EventKind;
import dev.puck.event.EventPosition;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/**
 * A record from Kafka, seen as an event. One without Puck's headers, from a foreign producer, is a
 * message; so is one of a kind that this version does not know.
 *
 * @param record as it came
 * @param kind as its headers tell
 */
public record IncomingEvent(ConsumerRecord<byte[], byte[]> record, EventKind kind) {
  /** That of the record. */
  public IncomingEvent(ConsumerRecord<byte[], byte[]> record) {
    this(record, kind(record));
  }

  /** The change's own identity; where the producer gave none, the place of the record. */
  public String id() {
    return header(EventHeaders.ID).orElseGet(this::place);
  }

  /** Its place in the order of publishing; empty from a foreign producer. */
  public Optional<EventPosition> position() {
    @Nullable Header header = record.headers().lastHeader(EventHeaders.POSITION);
    return header == null || header.value() == null ? Optional.empty() : position(header.value());
  }

  /**
   * The 64-bit id of the transaction that made it, where its source tells; a row of the starting
   * state has none.
   */
  public OptionalLong xid() {
    OptionalLong xid = number(EventHeaders.XID);
    return xid.orElse(0) == 0 ? OptionalLong.empty() : xid;
  }

  /** Where the record is, for people. */
  public String place() {
    return record.topic() + "-" + record.partition() + "@" + record.offset();
  }

  public TopicPartition partition() {
    return new TopicPartition(record.topic(), record.partition());
  }

  /** Whether that is its partition; spares those who ask often from making one for each event. */
  public boolean isFrom(TopicPartition partition) {
    return partition.partition() == record.partition() && partition.topic().equals(record.topic());
  }

  public byte @Nullable [] key() {
    return record.key();
  }

  /** Whether it carries nothing: in a compacted topic, that its key is gone. */
  public boolean isTombstone() {
    return record.value() == null;
  }

  /** What it carries; to be asked for where it is no tombstone. */
  public byte[] payload() {
    return record.value();
  }

  /** When it was committed at the earliest, else when it happened, in microseconds since 1970. */
  public OptionalLong committedMicros() {
    OptionalLong committed = number(EventHeaders.COMMITTED);
    return committed.isPresent() ? committed : number(EventHeaders.AT);
  }

  private static EventKind kind(ConsumerRecord<byte[], byte[]> record) {
    @Nullable Header header = record.headers().lastHeader(EventHeaders.KIND);
    return header == null || header.value() == null
        ? EventKind.MESSAGE
        : EventKind.of(header.value()).orElse(EventKind.MESSAGE);
  }

  private static Optional<EventPosition> position(byte[] text) {
    try {
      return Optional.of(EventPosition.parse(text));
    } catch (IllegalArgumentException e) {
      return Optional.empty();
    }
  }

  private Optional<String> header(String name) {
    @Nullable Header header = record.headers().lastHeader(name);
    return header == null || header.value() == null
        ? Optional.empty()
        : Optional.of(new String(header.value(), StandardCharsets.UTF_8));
  }

  private OptionalLong number(String name) {
    @Nullable Header header = record.headers().lastHeader(name);
    return header == null ? OptionalLong.empty() : decimal(header.value());
  }

  /** Without a text between, since every event comes by here. */
  private static OptionalLong decimal(byte @Nullable [] digits) {
    if (digits == null || digits.length == 0 || digits.length > 18) {
      return OptionalLong.empty();
    }
    long number = 0;
    for (byte digit : digits) {
      if (digit < '0' || digit > '9') {
        return OptionalLong.empty();
      }
      number = number * 10 + digit - '0';
    }
    return OptionalLong.of(number);
  }
}
