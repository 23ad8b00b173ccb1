package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.jspecify.annotations.Nullable;

/** Reads topics from their beginning, for as long as a test wants. Owned by one thread. */
final class TopicReader implements AutoCloseable {
  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Duration POLL = Duration.ofMillis(100);

  private final KafkaConsumer<byte[], byte[]> consumer;
  private final List<Event> events = new ArrayList<>();

  /** A record as the tests look at it. */
  record Event(String topic, int partition, @Nullable String key, String value, Headers headers) {
    boolean isTombstone() {
      return value.equals("(tombstone)");
    }

    boolean isGap() {
      return "gap".equals(headers.get("puck.kind"));
    }
  }

  /** A record's headers. */
  record Headers(Map<String, String> values) {
    String get(String name) {
      return values.getOrDefault(name, "(none)");
    }
  }

  TopicReader(String bootstrapServers, String... topics) {
    consumer =
        new KafkaConsumer<>(
            Map.of(
                ConsumerConfig.BOOTSTRAP_SERVERS_CONFIG,
                bootstrapServers,
                ConsumerConfig.AUTO_OFFSET_RESET_CONFIG,
                "earliest",
                ConsumerConfig.RECONNECT_BACKOFF_MAX_MS_CONFIG,
                200,
                ConsumerConfig.ISOLATION_LEVEL_CONFIG,
                "read_committed"),
            new ByteArrayDeserializer(),
            new ByteArrayDeserializer());
    List<TopicPartition> partitions =
        Arrays.stream(topics)
            .flatMap(topic -> consumer.partitionsFor(topic).stream())
            .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
            .toList();
    consumer.assign(partitions);
    consumer.seekToBeginning(partitions);
  }

  /** All that was read so far, once that many messages are among it. */
  List<Event> awaitMessages(int count) {
    return awaitUntil(read -> messages().size() >= count);
  }

  /** All that was read so far, once it satisfies the condition. */
  List<Event> awaitUntil(Predicate<List<Event>> condition) {
    return awaitUntil(PATIENCE, condition);
  }

  /** The same with a patience of its own, which every record that comes renews. */
  List<Event> awaitUntil(Duration patience, Predicate<List<Event>> condition) {
    // Counted in polls: a machine that stands still for a while uses up one, and no patience.
    long polls = patience.dividedBy(POLL);
    long empty = 0;
    while (!condition.test(events)) {
      assertThat(empty).as("polls in vain; until now %s", summary()).isLessThan(polls);
      int before = events.size();
      read(POLL);
      empty = events.size() > before ? 0 : empty + 1;
    }
    return List.copyOf(events);
  }

  /** Reads what there is beyond what was asked for, such as a record that came twice. */
  List<Event> all() {
    Map<TopicPartition, Long> ends = consumer.endOffsets(consumer.assignment());
    return awaitReached(ends);
  }

  /** All that was read so far, once everything before these offsets was. */
  List<Event> awaitReached(Map<TopicPartition, Long> offsets) {
    return awaitUntil(
        read ->
            offsets.entrySet().stream()
                .allMatch(each -> consumer.position(each.getKey()) >= each.getValue()));
  }

  /** What arrives next, which is not kept. */
  List<Event> take() {
    read(POLL);
    List<Event> taken = List.copyOf(events);
    events.clear();
    return taken;
  }

  /** The messages among what was read. */
  List<Event> messages() {
    return events.stream().filter(event -> !event.isGap()).toList();
  }

  /** The gaps among what was read. */
  List<Event> gaps() {
    return events.stream().filter(Event::isGap).toList();
  }

  List<String> values() {
    return messages().stream().map(Event::value).toList();
  }

  @Override
  public void close() {
    consumer.close();
  }

  private void read(Duration patience) {
    for (ConsumerRecord<byte[], byte[]> each : consumer.poll(patience)) {
      Map<String, String> headers = new HashMap<>();
      for (Header header : each.headers()) {
        assertThat(headers.put(header.key(), text(header.value()))).isNull();
      }
      byte @Nullable [] key = each.key();
      events.add(
          new Event(
              each.topic(),
              each.partition(),
              key == null ? null : text(key),
              each.value() == null ? "(tombstone)" : text(each.value()),
              new Headers(headers)));
    }
  }

  private String summary() {
    return events.size() + " records, " + gaps().size() + " of them gaps";
  }

  private static String text(byte[] utf8) {
    return new String(utf8, StandardCharsets.UTF_8);
  }
}
