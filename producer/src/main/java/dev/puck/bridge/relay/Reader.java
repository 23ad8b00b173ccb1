package dev.puck.bridge.relay;

import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.ChangeSource;
import dev.puck.bridge.source.Gap;
import dev.puck.bridge.source.StartAgainException;
import dev.puck.bridge.source.TransactionEnd;
import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.Backoff;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads the source into the queue until stopped, through every loss of the connection; then closes
 * the source. Runs in a thread of its own.
 */
final class Reader implements Runnable {
  private static final Logger LOGGER = LoggerFactory.getLogger(Reader.class);

  /** An idle bridge wakes up so often; one that is to stop may wait so long. */
  private static final Duration POLL_PATIENCE = Duration.ofMillis(500);

  private static final Duration QUEUE_PATIENCE = Duration.ofMillis(250);

  private final ChangeSource source;
  private final ChangeQueue queue;
  private final Backoff backoff;
  private final RelayListener listener;
  private final FailureLog failures = new FailureLog(LOGGER);
  private final CountDownLatch stop = new CountDownLatch(1);
  private volatile @Nullable Throwable failure;

  Reader(ChangeSource source, ChangeQueue queue, Backoff backoff, RelayListener listener) {
    this.source = source;
    this.queue = queue;
    this.backoff = backoff;
    this.listener = listener;
  }

  @Override
  public void run() {
    try (source) {
      while (!isStopped()) {
        enqueue(readNext());
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (StartAgainException e) {
      LOGGER.atWarn().addKeyValue("error", e.getMessage()).log("Reading starts again");
      failure = e;
    } catch (RuntimeException | Error e) {
      LOGGER.atError().setCause(e).log("The reader ended by a fault");
      failure = e;
    }
  }

  /** Asks it to end; it does within a poll. */
  void stop() {
    stop.countDown();
  }

  /** The fault that ended it; null if none did. */
  @Nullable Throwable failure() {
    return failure;
  }

  /** Null if the source failed; then the pause before the next try is over. */
  private @Nullable Batch readNext() throws InterruptedException {
    try {
      Batch batch = source.poll(POLL_PATIENCE);
      backoff.reset();
      failures.worked();
      return batch;
    } catch (TransientException | ConfigException e) {
      // A refused password, too: it may be on its way to being changed, and nothing is lost.
      listener.sourceFailed(e);
      Duration pause = backoff.next();
      failures.failed("Source failed", e, pause);
      stop.await(pause.toMillis(), TimeUnit.MILLISECONDS);
      return null;
    }
  }

  private void enqueue(@Nullable Batch batch) throws InterruptedException {
    if (batch == null) {
      return;
    }
    int changes = (int) batch.changes().stream().filter(Reader::isOfTheDatabase).count();
    if (changes > 0) {
      listener.received(changes);
    }
    while (!queue.put(batch, QUEUE_PATIENCE)) {
      source.onBackpressure();
    }
  }

  private static boolean isOfTheDatabase(Change change) {
    return !(change instanceof Gap || change instanceof TransactionEnd);
  }

  private boolean isStopped() {
    return stop.getCount() == 0;
  }
}
