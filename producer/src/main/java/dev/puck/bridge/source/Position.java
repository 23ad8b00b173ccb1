package dev.puck.bridge.source;

import dev.puck.service.config.ConfigException;

/**
 * How far a source has been read; everything before it was read, and nothing after it.
 *
 * @param text the source's own spelling, opaque to everyone else; equal positions have equal texts
 */
public record Position(String text) {
  /** That its source does not read it, and what to do about that. */
  public ConfigException unreadable(Exception cause) {
    return new ConfigException(
        "The checkpoint's position is not one that this version reads: "
            + text
            + ". Begin anew: puck checkpoint reset --from earliest|now.",
        cause);
  }
}
