package dev.puck.consumer.http;

/** A cache cannot be read now; it may be soon. */
public final class UnreadableException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnreadableException(String message) {
    super(message);
  }

  public UnreadableException(String message, Throwable cause) {
    super(message, cause);
  }
}
