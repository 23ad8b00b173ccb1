package dev.puck.consumer.deadletter;

import dev.puck.consumer.projection.EventPlace;
import dev.puck.consumer.projection.Failure;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.event.DeadLetterTopic;
import dev.puck.event.EventHeaders;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.header.internals.RecordHeaders;
import org.apache.kafka.common.record.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * A dead letter of a consumer, as its topic has it.
 *
 * @param id names its record: {@code TOPIC/PARTITION@OFFSET}
 * @param projection as {@link dev.puck.consumer.projection.Projection#title}
 * @param event as it came
 * @param failure why it is one
 * @param at when it became one
 * @param version of the Puck that could not apply it
 */
record KeptLetter(
    String id,
    String consumer,
    String projection,
    IncomingEvent event,
    Failure failure,
    Instant at,
    String version) {
  private static final String OURS = "puck.dead-letter.";
  private static final Pattern ID = Pattern.compile("([^/]+)/(\\d{1,9})@(\\d{1,18})");

  /** Which event it is to which projection: the same letter may be kept several times. */
  record Identity(String projection, EventPlace place) {}

  /** Where the letter of that id is kept; empty if it is no id. */
  static Optional<EventPlace> parse(String id) {
    Matcher matcher = ID.matcher(id);
    return matcher.matches()
        ? Optional.of(
            new EventPlace(
                new TopicPartition(matcher.group(1), Integer.parseInt(matcher.group(2))),
                Long.parseLong(matcher.group(3))))
        : Optional.empty();
  }

  /** Where it is kept itself. */
  TopicPartition kept() {
    return parse(id).orElseThrow().partition();
  }

  Identity identity() {
    return new Identity(projection, EventPlace.of(event));
  }

  /** The same, with no more of the event's value than so many bytes. */
  KeptLetter brief(int most) {
    byte @Nullable [] value = event.record().value();
    return value == null || value.length <= most
        ? this
        : with(event.record().key(), Arrays.copyOf(value, most));
  }

  /** The same event under another key. */
  KeptLetter under(String key) {
    return with(key.getBytes(StandardCharsets.UTF_8), event.record().value());
  }

  private KeptLetter with(byte @Nullable [] key, byte @Nullable [] value) {
    ConsumerRecord<byte[], byte[]> was = event.record();
    IncomingEvent other =
        new IncomingEvent(record(EventPlace.of(event), was.timestamp(), key, value, was.headers()));
    return new KeptLetter(id, consumer, projection, other, failure, at, version);
  }

  /** The letter in that record; empty if it is none of a consumer's. */
  static Optional<KeptLetter> of(ConsumerRecord<byte[], byte[]> record) {
    Headers headers = record.headers();
    String topic = text(headers, EventHeaders.DEAD_LETTER_TOPIC);
    String consumer = text(headers, EventHeaders.DEAD_LETTER_CONSUMER);
    String projection = text(headers, EventHeaders.DEAD_LETTER_PROJECTION);
    if (consumer.isEmpty()
        || projection.isEmpty()
        || !DeadLetterTopic.of(topic).equals(record.topic())) {
      return Optional.empty();
    }
    try {
      return Optional.of(
          new KeptLetter(
              id(record),
              consumer,
              projection,
              event(record, topic),
              failure(headers),
              at(headers),
              text(headers, EventHeaders.DEAD_LETTER_VERSION)));
    } catch (NumberFormatException e) {
      return Optional.empty();
    }
  }

  /** The letter that the record tells of that it was replayed. */
  static Optional<String> replayed(ConsumerRecord<byte[], byte[]> record) {
    String id = text(record.headers(), EventHeaders.DEAD_LETTER_REPLAYED);
    return id.isEmpty() ? Optional.empty() : Optional.of(id);
  }

  private static String id(ConsumerRecord<byte[], byte[]> record) {
    return record.topic() + "/" + record.partition() + "@" + record.offset();
  }

  private static IncomingEvent event(ConsumerRecord<byte[], byte[]> record, String topic) {
    Headers own = new RecordHeaders();
    for (Header header : record.headers()) {
      if (!header.key().startsWith(OURS)) {
        own.add(header);
      }
    }
    int partition = Integer.parseInt(text(record.headers(), EventHeaders.DEAD_LETTER_PARTITION));
    return new IncomingEvent(
        record(
            new EventPlace(
                new TopicPartition(topic, partition),
                number(record.headers(), EventHeaders.DEAD_LETTER_OFFSET)),
            number(record.headers(), EventHeaders.DEAD_LETTER_TIMESTAMP),
            record.key(),
            record.value(),
            own));
  }

  private static ConsumerRecord<byte[], byte[]> record(
      EventPlace place,
      long timestamp,
      byte @Nullable [] key,
      byte @Nullable [] value,
      Headers headers) {
    return new ConsumerRecord<>(
        place.partition().topic(),
        place.partition().partition(),
        place.offset(),
        timestamp,
        TimestampType.CREATE_TIME,
        ConsumerRecord.NULL_SIZE,
        ConsumerRecord.NULL_SIZE,
        key,
        value,
        headers,
        Optional.empty());
  }

  private static Failure failure(Headers headers) {
    String sqlState = text(headers, EventHeaders.DEAD_LETTER_SQLSTATE);
    return new Failure(
        text(headers, EventHeaders.DEAD_LETTER_ERROR),
        text(headers, EventHeaders.DEAD_LETTER_REASON),
        sqlState.isEmpty() ? null : sqlState);
  }

  private static Instant at(Headers headers) {
    return Instant.EPOCH.plus(number(headers, EventHeaders.DEAD_LETTER_AT), ChronoUnit.MICROS);
  }

  private static long number(Headers headers, String name) {
    return Long.parseLong(text(headers, name));
  }

  private static String text(Headers headers, String name) {
    @Nullable Header header = headers.lastHeader(name);
    return header == null || header.value() == null
        ? ""
        : new String(header.value(), StandardCharsets.UTF_8);
  }
}
