package dev.puck.consumer.projection;

/** This event can never be applied: it becomes a dead letter, and the projection goes on. */
public final class PoisonEventException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public PoisonEventException(String message) {
    super(message);
  }

  public PoisonEventException(String message, Throwable cause) {
    super(message, cause);
  }
}
