package dev.puck.bridge.source;

import java.time.Instant;

/**
 * An interval in which the source may have missed changes.
 *
 * @param from the last moment that is covered for sure
 * @param to since when everything is covered again
 * @param reason in words for a person
 */
public record Gap(Instant from, Instant to, String reason) implements Change {
  @Override
  public long sizeInBytes() {
    return 200;
  }
}
