package dev.puck.bridge;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.metric.BridgeMetrics;
import dev.puck.bridge.publisher.Publisher;
import dev.puck.bridge.relay.Relay;
import dev.puck.bridge.relay.Routes;
import dev.puck.bridge.source.ChangeSource;
import dev.puck.service.connection.Kafka;
import java.util.Optional;

/**
 * One run of a bridge, from a checkpoint to the next failure: its source, its publisher and the
 * relay between them. A failed session is closed, and another begins where Kafka says.
 */
final class Session implements AutoCloseable {
  private final ChangeSource source;
  private final Publisher publisher;
  private final Relay relay;

  Session(ChangeSource source, Publisher publisher, Relay relay) {
    this.source = source;
    this.publisher = publisher;
    this.relay = relay;
  }

  /** Connects both ends; fails if either is away or refuses, or another process leads. */
  static Session open(
      BridgeConfig config, Kafka kafka, Routes routes, BridgeMetrics metrics, BridgeHooks hooks)
      throws InterruptedException {
    return new SessionOpening(config, kafka, routes, metrics, hooks).open();
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
    publisher.close();
  }
}
