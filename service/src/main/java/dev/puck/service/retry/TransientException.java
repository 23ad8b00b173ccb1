package dev.puck.service.retry;

/**
 * What failed may work later: try again, with back-off. The message says what, the value and the
 * fix.
 */
public class TransientException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public TransientException(String message, Throwable cause) {
    super(message, cause);
  }

  public TransientException(String message) {
    super(message);
  }
}
