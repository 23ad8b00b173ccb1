package dev.puck.consumer.projection;

/**
 * The projection cannot go on until someone mends what the message names. It is tried again and
 * again, and nothing is skipped meanwhile.
 */
public final class StalledException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StalledException(String message, Throwable cause) {
    super(message, cause);
  }
}
