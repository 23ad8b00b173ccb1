package dev.puck.consumer.projection;

/** There is no state to go on from until a resync has built the first one. Ask again. */
public final class UnbuiltException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public UnbuiltException(String message) {
    super(message);
  }
}
