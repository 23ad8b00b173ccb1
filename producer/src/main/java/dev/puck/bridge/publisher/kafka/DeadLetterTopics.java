package dev.puck.bridge.publisher.kafka;

import dev.puck.bridge.publisher.DeadLetter;
import dev.puck.bridge.publisher.OutgoingEvent;
import java.util.Optional;

/** Sends what a topic does not take to its dead letters, which may take more. */
public final class DeadLetterTopics implements Oversize {
  @Override
  public Optional<OutgoingEvent> instead(OutgoingEvent event, String reason) {
    return Optional.of(DeadLetter.of(event, reason));
  }
}
