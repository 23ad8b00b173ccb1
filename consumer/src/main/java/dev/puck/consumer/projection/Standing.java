package dev.puck.consumer.projection;

import java.util.Locale;

/** What has become of an event that a projection once could not apply. */
public enum Standing {
  /** The projection lacks it; it can be replayed. */
  DEAD,
  /** It was replayed. */
  REPLAYED,
  /**
   * The projection does not lack it: the batch was tried again and it went well, or the state was
   * made anew since. To apply it would count it twice.
   */
  SETTLED;

  /** The spelling in answers. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
