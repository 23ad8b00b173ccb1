package dev.puck.bridge.publisher.kafka;

import dev.puck.bridge.publisher.DeadLetterStore;
import dev.puck.bridge.publisher.OutgoingEvent;
import java.util.Optional;

/** Where an event goes that is too large for its topic. Used by the publisher's thread. */
public interface Oversize extends AutoCloseable {
  /**
   * The record to send in its place; empty: it is kept elsewhere already.
   *
   * @param reason in words for a person
   */
  Optional<OutgoingEvent> instead(OutgoingEvent event, String reason);

  @Override
  default void close() {}

  /** One that keeps events in the store, which it closes with itself. */
  static Oversize keptIn(DeadLetterStore store) {
    return new Oversize() {
      @Override
      public Optional<OutgoingEvent> instead(OutgoingEvent event, String reason) {
        store.keep(event, reason);
        return Optional.empty();
      }

      @Override
      public void close() {
        store.close();
      }
    };
  }
}
