package dev.puck.bridge.source;

import java.time.Instant;

/**
 * A channel's payload.
 *
 * @param payload may be empty
 * @param at when it happened, as far as the source can tell
 */
public record Message(String channel, String payload, Instant at) implements Change {
  private static final int OVERHEAD_BYTES = 120;

  @Override
  public long sizeInBytes() {
    return OVERHEAD_BYTES + 2L * payload.length();
  }
}
