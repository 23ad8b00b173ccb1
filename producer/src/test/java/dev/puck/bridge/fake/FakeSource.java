package dev.puck.bridge.fake;

import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.ChangeSource;
import dev.puck.bridge.source.Message;
import dev.puck.bridge.source.Position;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** A source that says what the test tells it to, in order. Thread-safe. */
public final class FakeSource implements ChangeSource {
  public static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");

  private final BlockingQueue<Supplier<Batch>> script = new LinkedBlockingQueue<>();
  private volatile Instant through = AT;
  private final AtomicInteger backpressure = new AtomicInteger();
  private final CountDownLatch closed = new CountDownLatch(1);

  /** The next poll gives these changes. */
  public FakeSource gives(Instant through, Change... changes) {
    script.add(() -> new Batch(List.of(changes), new Position(through.toString()), through, null));
    return this;
  }

  /** The next poll gives one message. */
  public FakeSource gives(String channel, String payload) {
    return gives(AT, new Message(channel, payload, AT));
  }

  /** The next poll fails. */
  public FakeSource fails(RuntimeException failure) {
    script.add(
        () -> {
          throw failure;
        });
    return this;
  }

  /** How often it was told that the bridge cannot keep up. */
  public int backpressure() {
    return backpressure.get();
  }

  public boolean isClosed() {
    return closed.getCount() == 0;
  }

  /** Whether everything was polled. */
  public boolean isSpent() {
    return script.isEmpty();
  }

  @Override
  public Position start(@Nullable Position from) {
    return from != null ? from : new Position(AT.toString());
  }

  @Override
  public Batch poll(Duration patience) {
    try {
      @Nullable Supplier<Batch> next = script.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
      Batch batch =
          next == null
              ? new Batch(List.of(), new Position(through.toString()), through, null)
              : next.get();
      through = batch.through();
      return batch;
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new TransientException("interrupted", e);
    }
  }

  @Override
  public void onBackpressure() {
    backpressure.incrementAndGet();
  }

  @Override
  public Optional<String> problem() {
    return isClosed() ? Optional.of("closed") : Optional.empty();
  }

  @Override
  public void close() {
    closed.countDown();
  }
}
