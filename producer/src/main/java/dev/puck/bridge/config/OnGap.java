package dev.puck.bridge.config;

/** What to do when the WAL that a bridge needs is gone. */
public enum OnGap {
  /** Stop, and say so: an operator decides. */
  STOP,
  /** Publish a gap, and go on with a new slot. */
  RESYNC
}
