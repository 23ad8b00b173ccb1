package dev.puck.lab.proof.sabotage;

import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.publisher.Publisher;
import org.jspecify.annotations.Nullable;

/**
 * Commits events under the checkpoint before them, and the new one in a transaction of its own: who
 * dies in between repeats the events.
 */
final class LateCheckpoints extends DelegatingPublisher {
  private @Nullable OutgoingEvent previous;

  LateCheckpoints(Publisher right) {
    super(right);
  }

  @Override
  public void claim(OutgoingEvent checkpoint) throws InterruptedException {
    right.claim(checkpoint);
    previous = checkpoint;
  }

  @Override
  public void commit(OutgoingEvent checkpoint) {
    right.commit(previous == null ? checkpoint : previous);
    right.commit(checkpoint);
    previous = checkpoint;
  }
}
