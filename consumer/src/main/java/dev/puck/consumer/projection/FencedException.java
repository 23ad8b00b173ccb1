package dev.puck.consumer.projection;

/** Someone else applied these events; nothing was changed. Go on from where the offsets stand. */
public final class FencedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  public FencedException(String message) {
    super(message);
  }
}
