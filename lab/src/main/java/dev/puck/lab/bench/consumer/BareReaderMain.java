package dev.puck.lab.bench.consumer;

import ch.qos.logback.classic.Level;
import dev.puck.lab.bench.stage.Reading;
import dev.puck.lab.process.ParentLine;
import dev.puck.service.logging.Logging;
import java.time.Duration;
import org.apache.kafka.clients.consumer.Consumer;

/**
 * The main class of what a consumer is compared with: a reader that only reads, each time the
 * parent says so.
 */
final class BareReaderMain {
  static final String READ = "read ";

  private static final Duration POLL = Duration.ofMillis(200);

  private BareReaderMain() {}

  /** Takes Kafka, the topic, and how many events are in it. */
  public static void main(String[] arguments) {
    Logging.configure(Logging.Format.TEXT, Level.INFO, /* verbose= */ false);
    int events = Integer.parseInt(arguments[2]);
    ParentLine parent = new ParentLine();
    do {
      parent.tell(READ + read(arguments[0], arguments[1], events).line());
    } while (parent.next() != null);
  }

  private static Filling read(String kafka, String topic, int events) {
    long begin = System.nanoTime();
    long read = 0;
    long first = 0;
    long firstNanos = 0;
    try (Consumer<byte[], byte[]> consumer = Reading.fromBeginning(kafka, topic)) {
      while (read < events) {
        read += consumer.poll(POLL).count();
        if (first == 0) {
          first = read;
          firstNanos = System.nanoTime() - begin;
        }
      }
    }
    return new Filling(read, first, firstNanos, System.nanoTime() - begin);
  }
}
