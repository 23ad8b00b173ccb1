package dev.puck.embedded;

/** A server could not be unpacked, started or stopped; the message says what to do about it. */
public final class ServerException extends RuntimeException {
  private static final long serialVersionUID = 1;

  ServerException(String message) {
    super(message);
  }

  ServerException(String message, Throwable cause) {
    super(message, cause);
  }
}
