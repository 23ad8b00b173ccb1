package dev.puck.bridge.relay;

/** A message cannot be published as its route wants it: it becomes a dead letter. */
final class UnroutableException extends Exception {
  private static final long serialVersionUID = 1;

  UnroutableException(String message) {
    super(message);
  }
}
