package dev.puck.event;

/**
 * Freshness tokens: what {@code puck.token()} gave to a writer, and the bridge publishes as a
 * message of its own, after all that the transaction had changed before.
 */
public final class Tokens {
  /** The channel of tokens, and their topic unless the bridge's configuration says another. */
  public static final String CHANNEL = "puck.token";

  private Tokens() {}
}
