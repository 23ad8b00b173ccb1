package dev.puck.lab.bench.drain;

import dev.puck.lab.bench.stage.Reading;
import dev.puck.lab.bench.stage.RecordNumber;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.BitSet;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;

/** Sees that a backlog is in Kafka, all of it and once: a fast bridge that loses is no bridge. */
final class DrainCheck {
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final BitSet seen = new BitSet();
  private long bytes;
  private int records;

  private DrainCheck() {}

  /**
   * Reads the topic.
   *
   * @return how many bytes a record has on average, its key, value and headers
   * @throws TransientException if not each of so many rows is there once
   */
  static double bytesInRecord(String kafka, String topic, int rows) {
    DrainCheck check = new DrainCheck();
    try (Consumer<byte[], byte[]> consumer = Reading.fromBeginning(kafka, topic)) {
      int before = -1;
      while (check.records > before && check.records < rows) {
        before = check.records;
        consumer.poll(PATIENCE).forEach(check::add);
      }
    }
    if (check.records != rows || check.seen.cardinality() != rows) {
      throw new TransientException(
          "Of %,d rows %,d are in topic %s, %,d different ones; this is a fault in Puck."
              .formatted(rows, check.records, topic, check.seen.cardinality()));
    }
    return (double) check.bytes / rows;
  }

  private void add(ConsumerRecord<byte[], byte[]> event) {
    records++;
    int number = Math.toIntExact(RecordNumber.of(event));
    if (number >= 0) {
      seen.set(number);
    }
    bytes += Math.max(0, event.serializedKeySize()) + Math.max(0, event.serializedValueSize());
    event.headers().forEach(header -> bytes += header.key().length() + header.value().length);
  }
}
