package dev.puck.bridge.fake;

import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.publisher.Publisher;
import dev.puck.service.retry.TransientException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * A publisher into a list. It can fail, and it can stop taking events, as a producer does whose
 * broker is away. Thread-safe.
 */
public final class FakePublisher implements Publisher {
  /** In {@link #log} between events: everything before it was acknowledged. */
  public static final String FLUSHED = "flushed";

  private static final int EVENTS = 1_000_000;

  private final List<String> log = new CopyOnWriteArrayList<>();
  private final Semaphore permits = new Semaphore(EVENTS);
  private volatile @Nullable RuntimeException failure;
  private volatile boolean closed;

  /** What happened, in order: {@code topic=value} of each event, and {@link #FLUSHED}. */
  public List<String> log() {
    return List.copyOf(log);
  }

  /** The values that went to that topic, in order. */
  public List<String> valuesOf(String topic) {
    List<String> values = new ArrayList<>();
    for (String entry : log) {
      if (entry.startsWith(topic + "=")) {
        values.add(entry.substring(topic.length() + 1));
      }
    }
    return values;
  }

  /** From now on it fails. */
  public void fail(RuntimeException cause) {
    failure = cause;
  }

  /** From now on it blocks. */
  public void away() {
    permits.drainPermits();
  }

  /** Ends {@link #away}. */
  public void back() {
    permits.release(EVENTS);
  }

  public boolean isClosed() {
    return closed;
  }

  @Override
  public void publish(List<OutgoingEvent> events) {
    for (OutgoingEvent event : events) {
      take();
      log.add(event.topic() + "=" + new String(event.value(), StandardCharsets.UTF_8));
    }
  }

  @Override
  public void open() {}

  @Override
  public void claim(OutgoingEvent checkpoint) {
    commit(checkpoint);
  }

  @Override
  public void commit(OutgoingEvent checkpoint) {
    flush();
    publish(List.of(checkpoint));
  }

  @Override
  public void flush() {
    take();
    log.add(FLUSHED);
  }

  @Override
  public int partitions(String topic) {
    return 2;
  }

  @Override
  public Optional<String> problem() {
    return Optional.empty();
  }

  @Override
  public long pending() {
    return 0;
  }

  @Override
  public void close() {
    closed = true;
  }

  private void take() {
    try {
      permits.acquire();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientException("interrupted", e);
    }
    RuntimeException cause = failure;
    if (cause != null) {
      throw cause;
    }
  }
}
