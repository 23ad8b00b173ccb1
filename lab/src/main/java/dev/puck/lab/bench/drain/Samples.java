package dev.puck.lab.bench.drain;

import dev.puck.lab.bench.stage.Reading;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.ProducerRecord;

/** Records to send again. */
public final class Samples {
  private static final int MOST = 10_000;
  private static final Duration PATIENCE = Duration.ofSeconds(1);

  private Samples() {}

  /** The first records of one topic, for another. */
  public static List<ProducerRecord<byte[], byte[]>> read(String kafka, String from, String to) {
    List<ProducerRecord<byte[], byte[]>> samples = new ArrayList<>();
    try (Consumer<byte[], byte[]> consumer = Reading.fromBeginning(kafka, from)) {
      while (samples.size() < MOST) {
        int before = samples.size();
        for (ConsumerRecord<byte[], byte[]> each : consumer.poll(PATIENCE)) {
          samples.add(new ProducerRecord<>(to, null, each.key(), each.value(), each.headers()));
        }
        if (samples.size() == before) {
          break;
        }
      }
    }
    return List.copyOf(samples.subList(0, Math.min(MOST, samples.size())));
  }
}
