package dev.puck.bridge;

import dev.puck.bridge.relay.RelayListener;
import dev.puck.bridge.source.Gap;
import org.jspecify.annotations.Nullable;

/** Counts what a switch publishes. Owned by one thread. */
final class SwitchCounts implements RelayListener {
  private long events;
  private long deadLetters;

  @Override
  public void received(int changes) {}

  @Override
  public void published(int published) {
    events += published;
  }

  @Override
  public void deadLettered(String from, @Nullable String reason) {
    deadLetters++;
  }

  @Override
  public void gap(Gap gap) {}

  @Override
  public void sourceFailed(RuntimeException failure) {}

  /** In a sentence. */
  String text(String source) {
    String dead = deadLetters == 0 ? "" : ", " + deadLetters + " of them dead letters";
    return "Published what was left to come from "
        + source
        + ": "
        + events
        + " events"
        + dead
        + ".";
  }
}
