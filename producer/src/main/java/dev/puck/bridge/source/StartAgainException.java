package dev.puck.bridge.source;

/**
 * The source cannot complete what it gave since its last position: nothing of that may be seen, and
 * reading begins again at the last checkpoint.
 */
public final class StartAgainException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public StartAgainException(Throwable cause) {
    super(cause.getMessage(), cause);
  }
}
