package dev.puck.lab.proof.observer;

import dev.puck.event.EventHeaders;
import dev.puck.lab.proof.history.Fact;
import dev.puck.lab.proof.history.Glimpse;
import dev.puck.lab.proof.history.Tables;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.header.Header;
import org.jspecify.annotations.Nullable;

/** Reads along, committed records only, through everything that happens; a thread of its own. */
public final class LiveReader implements AutoCloseable {
  private static final Duration POLL = Duration.ofMillis(20);
  private static final long LOOK_FOR_TOPICS_NANOS = Duration.ofMillis(500).toNanos();

  private final Topics topics;
  private final RecordReader reader;
  private final Map<String, List<Glimpse>> glimpses = new HashMap<>();
  private final Thread thread = new Thread(this::run, "proof-live-reader");
  private volatile boolean stopping;
  private final AtomicLong canary = new AtomicLong(-1);
  private final AtomicLong records = new AtomicLong();

  private LiveReader(Topics topics) {
    this.topics = topics;
    this.reader = new RecordReader(topics.prefix());
  }

  /** Begins to read. */
  public static LiveReader start(Topics topics) {
    LiveReader reader = new LiveReader(topics);
    reader.thread.setDaemon(true);
    reader.thread.start();
    return reader;
  }

  /** The latest event of the canary that was seen; -1 before the first. */
  public long canary() {
    return canary.get();
  }

  /** How many records were seen. */
  public long records() {
    return records.get();
  }

  /** Stops reading; all that was seen, by {@code topic-partition}. */
  public Map<String, List<Glimpse>> stop() throws InterruptedException {
    stopping = true;
    thread.join();
    return glimpses;
  }

  @Override
  public void close() {
    stopping = true;
  }

  private void run() {
    try (Consumer<byte[], byte[]> consumer = topics.consumer(true)) {
      long lookAt = System.nanoTime();
      while (!stopping) {
        try {
          if (System.nanoTime() - lookAt >= 0) {
            followNewTopics(consumer);
            lookAt = System.nanoTime() + LOOK_FOR_TOPICS_NANOS;
          }
          if (consumer.assignment().isEmpty()) {
            LockSupport.parkNanos(POLL.toNanos());
          } else {
            consumer.poll(POLL).forEach(this::note);
          }
        } catch (KafkaException e) {
          lookAt = System.nanoTime(); // it is away, or has just made a topic: ask again
        }
      }
    }
  }

  private void followNewTopics(Consumer<byte[], byte[]> consumer) {
    Set<TopicPartition> all = new HashSet<>(consumer.assignment());
    List<TopicPartition> fresh = new ArrayList<>(topics.partitions(consumer));
    fresh.removeAll(all);
    if (!fresh.isEmpty()) {
      all.addAll(fresh);
      consumer.assign(all);
      fresh.forEach(partition -> consumer.seek(partition, 0));
    }
  }

  private void note(ConsumerRecord<byte[], byte[]> each) {
    @Nullable Header position = each.headers().lastHeader(EventHeaders.POSITION);
    String text = position == null ? "" : new String(position.value(), StandardCharsets.UTF_8);
    glimpses
        .computeIfAbsent(each.topic() + '-' + each.partition(), partition -> new ArrayList<>())
        .add(new Glimpse(each.offset(), text));
    records.incrementAndGet();
    if (each.topic().equals(topics.prefix() + Tables.CANARY)) {
      @Nullable Fact fact = reader.read(each).fact();
      if (fact != null && fact.after() != null) {
        canary.accumulateAndGet(fact.after().eid(), Math::max);
      }
    }
  }
}
