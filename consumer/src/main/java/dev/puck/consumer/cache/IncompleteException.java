package dev.puck.consumer.cache;

/** The cache is being filled again: what it does not have may only be missing yet. */
public final class IncompleteException extends RuntimeException {
  private static final long serialVersionUID = 1;

  IncompleteException(String message) {
    super(message);
  }
}
