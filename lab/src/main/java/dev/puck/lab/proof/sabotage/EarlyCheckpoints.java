package dev.puck.lab.proof.sabotage;

import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.publisher.Publisher;
import java.util.ArrayList;
import java.util.List;

/** Commits a checkpoint before the events that it covers: who dies in between loses the events. */
final class EarlyCheckpoints extends DelegatingPublisher {
  private final List<OutgoingEvent> waiting = new ArrayList<>();

  EarlyCheckpoints(Publisher right) {
    super(right);
  }

  @Override
  public void publish(List<OutgoingEvent> events) {
    waiting.addAll(events);
    right.publish(List.of());
  }

  @Override
  public void commit(OutgoingEvent checkpoint) {
    right.commit(checkpoint);
    right.publish(List.copyOf(waiting));
    waiting.clear();
    right.commit(checkpoint);
  }
}
