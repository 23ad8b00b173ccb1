package dev.puck.bridge.relay;

import dev.puck.bridge.source.Gap;
import org.jspecify.annotations.Nullable;

/** Hears what the relay does; must be quick and must not throw. Called from the relay's threads. */
public interface RelayListener {
  /** So many changes were read. */
  void received(int changes);

  /** So many events were handed to Kafka. */
  void published(int events);

  /** What came by that channel or table went to the dead letters. */
  void deadLettered(String from, @Nullable String reason);

  /** A gap was published. */
  void gap(Gap gap);

  /** The source's connection was lost, or could not be made. */
  void sourceFailed(RuntimeException failure);
}
