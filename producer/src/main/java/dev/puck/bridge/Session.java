package dev.puck.bridge;

import dev.puck.bridge.publisher.Publisher;
import dev.puck.bridge.relay.Relay;
import dev.puck.bridge.source.ChangeSource;
import java.util.Optional;

/**
 * One run of a bridge, from a checkpoint to the next failure: its source, its publisher and the
 * relay between them. A failed session is closed, and another begins where Kafka says.
 */
final class Session implements AutoCloseable {
  private final ChangeSource source;
  private final Publisher publisher;
  private final Relay relay;
  private final Runnable release;

  /**
   * @param release called when the session is closed, after the publisher is
   */
  Session(ChangeSource source, Publisher publisher, Relay relay, Runnable release) {
    this.source = source;
    this.publisher = publisher;
    this.relay = relay;
    this.release = release;
  }

  /** Relays until {@link #stop} or a failure. */
  void run() throws InterruptedException {
    relay.run();
  }

  /** Asks {@link #run} to publish what was read, and return. */
  void stop() {
    relay.stop();
  }

  Optional<String> sourceProblem() {
    return source.problem();
  }

  Optional<String> kafkaProblem() {
    return publisher.problem();
  }

  long pendingEvents() {
    return publisher.pending();
  }

  long queuedBytes() {
    return relay.queuedBytes();
  }

  @Override
  public void close() {
    try {
      publisher.close();
    } finally {
      release.run();
    }
  }
}
