package dev.puck.bridge.source.wal;

/** Leaves what is committed at a place or later for whoever goes on there. */
final class BoundedRules extends PlaceRules {
  private final long until;

  BoundedRules(long until) {
    this.until = until;
  }

  @Override
  public long until() {
    return until;
  }
}
