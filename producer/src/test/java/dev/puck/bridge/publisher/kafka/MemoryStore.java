package dev.puck.bridge.publisher.kafka;

import dev.puck.bridge.publisher.DeadLetterStore;
import dev.puck.bridge.publisher.OutgoingEvent;
import java.util.ArrayList;
import java.util.List;

/** Keeps dead letters in a list. */
final class MemoryStore implements DeadLetterStore {
  final List<OutgoingEvent> kept = new ArrayList<>();
  final List<String> reasons = new ArrayList<>();
  boolean closed;

  @Override
  public void keep(OutgoingEvent event, String reason) {
    kept.add(event);
    reasons.add(reason);
  }

  @Override
  public void close() {
    closed = true;
  }
}
