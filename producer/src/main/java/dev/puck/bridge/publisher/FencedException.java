package dev.puck.bridge.publisher;

import dev.puck.service.retry.TransientException;

/** Kafka takes nothing more from this publisher: another process publishes in its place. */
public final class FencedException extends TransientException {
  private static final long serialVersionUID = 1;

  public FencedException(String message, Throwable cause) {
    super(message, cause);
  }
}
