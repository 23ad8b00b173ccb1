package dev.puck.bridge;

/** Another process leads; this one takes over when that one is gone. */
final class StandbyException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StandbyException(String bridge) {
    super("another process runs bridge '" + bridge + "'; standing by to take over");
  }
}
