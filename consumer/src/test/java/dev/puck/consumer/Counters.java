package dev.puck.consumer;

/** A message's counters, as the demo's cache holds them. */
public record Counters(long rts, long favs) {
  public static final Counters NONE = new Counters(0, 0);

  public Counters plus(long moreRts, long moreFavs) {
    return new Counters(rts + moreRts, favs + moreFavs);
  }
}
