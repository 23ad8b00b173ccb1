package dev.puck.consumer.projection;

import java.util.Locale;

/** What a replay did. */
public enum Replayed {
  /** The event is in the state now. */
  APPLIED,
  /** Nothing: the cache has something newer under that key. */
  STALE,
  /** Nothing: the truth had it from which the projection was built since. */
  COVERED,
  /** Nothing: it was replayed before. */
  REPEATED,
  /** Nothing: the projection does not lack it, see {@link Standing#SETTLED}. */
  SETTLED;

  /** The spelling in answers. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Nothing of an event that stands like that; for one that is not dead. */
  public static Replayed nothing(Standing standing) {
    return standing == Standing.REPLAYED ? REPEATED : SETTLED;
  }
}
