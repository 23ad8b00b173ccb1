package dev.puck.consumer;

import java.util.concurrent.CompletableFuture;

/** Sends events in a thread of its own, a few thousand a second, until it is closed. */
final class Traffic implements AutoCloseable {
  private static final int AT_ONCE = 100;

  private final Playground playground;
  private final CompletableFuture<Void> sending;
  private volatile boolean over;
  private volatile long events;

  Traffic(Playground playground) {
    this.playground = playground;
    this.sending = CompletableFuture.runAsync(this::send);
  }

  /** How many were sent. */
  long events() {
    return events;
  }

  /** Kafka's acknowledgement of each portion sets the pace. */
  private void send() {
    long sent = 0;
    while (!over) {
      playground.send(AT_ONCE);
      sent += AT_ONCE;
      events = sent;
    }
  }

  /** Ends it; everything sent is in Kafka then. */
  void end() {
    over = true;
    sending.join();
  }

  @Override
  public void close() {
    end();
  }
}
