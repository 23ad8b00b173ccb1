package dev.puck.bridge.relay;

import dev.puck.bridge.checkpoint.OpenTransaction;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.publisher.Publisher;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.Remainder;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Publishes what a source has left, each batch with the checkpoint that covers it, in the caller's
 * thread.
 */
public final class RemainderRelay {
  private final BridgeIdentity identity;
  private final Publisher publisher;
  private final EventEncoder encoder;
  private final RelayListener listener;

  /**
   * @param begun transactions of which a part was published before
   * @param publisher opened under that identity; stays the caller's to close
   */
  public RemainderRelay(
      BridgeIdentity identity,
      Routes routes,
      List<OpenTransaction> begun,
      Publisher publisher,
      RelayListener listener) {
    this.identity = identity;
    this.publisher = publisher;
    this.encoder = new EventEncoder(identity, routes, begun, publisher::partitions, listener);
    this.listener = listener;
  }

  /**
   * Publishes all of it; the remainder stays the caller's to close.
   *
   * @throws dev.puck.service.retry.TransientException if reading or publishing failed; the last
   *     checkpoint says from where it can be tried again
   */
  public void run(Remainder remainder) {
    Optional<Batch> batch = remainder.next();
    while (batch.isPresent()) {
      publish(batch.get());
      batch = remainder.next();
    }
  }

  private void publish(Batch batch) {
    @Nullable Position after = batch.position();
    if (after == null) {
      throw new IllegalStateException("A remainder's batch has no position to go on from");
    }
    List<OutgoingEvent> events = encoder.encode(batch);
    publisher.publish(events);
    publisher.commit(identity.checkpoint(after, batch.through(), encoder.open()).toEvent());
    listener.published(events.size());
  }
}
