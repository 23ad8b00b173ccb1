package dev.puck.lab.proof;

/** The proof could not go on: changes stopped coming through, or a bridge refused to work. */
public final class ProofException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public ProofException(String message) {
    super(message);
  }

  public ProofException(String message, Throwable cause) {
    super(message, cause);
  }
}
