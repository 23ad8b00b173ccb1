package dev.puck.consumer.cache;

import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.event.EventHeaders;
import dev.puck.event.EventPosition;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.jspecify.annotations.Nullable;

/** Makes events for tests. */
final class Events {
  static final TopicPartition PARTITION = new TopicPartition("tweet.users", 0);

  private final long offset;
  private final RecordHeaders headers = new RecordHeaders();
  private TopicPartition partition = PARTITION;
  private byte @Nullable [] key;
  private byte @Nullable [] value;

  private Events(long offset) {
    this.offset = offset;
  }

  static Events at(long offset) {
    return new Events(offset);
  }

  /** A message that says {@code value} of {@code key}, or that it is gone. */
  static IncomingEvent message(String key, long batch, @Nullable String value) {
    return at(batch).kind("message").key(key).value(value).batch(batch).event();
  }

  Events kind(String kind) {
    return header(EventHeaders.KIND, kind);
  }

  Events key(@Nullable String text) {
    key = bytes(text);
    return this;
  }

  Events value(@Nullable String text) {
    value = bytes(text);
    return this;
  }

  Events value(byte[] bytes) {
    value = bytes;
    return this;
  }

  Events partition(int number) {
    partition = new TopicPartition(PARTITION.topic(), number);
    return this;
  }

  Events batch(long batch) {
    return header(EventHeaders.POSITION, position(batch).text());
  }

  Events xid(long xid) {
    return header(EventHeaders.XID, Long.toString(xid));
  }

  Events committed(long micros) {
    return header(EventHeaders.COMMITTED, Long.toString(micros));
  }

  IncomingEvent event() {
    ConsumerRecord<byte[], byte[]> record =
        new ConsumerRecord<>(partition.topic(), partition.partition(), offset, key, value);
    headers.forEach(record.headers()::add);
    return new IncomingEvent(record);
  }

  static EventPosition position(long batch) {
    return new EventPosition(1, batch, 0);
  }

  private Events header(String name, String text) {
    headers.remove(name).add(name, text.getBytes(StandardCharsets.UTF_8));
    return this;
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
