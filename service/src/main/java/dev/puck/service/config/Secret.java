package dev.puck.service.config;

/**
 * A text that is never printed.
 *
 * @param reveal the text itself; hand it to the connection that needs it and to nothing else
 */
public record Secret(String reveal) {
  @Override
  public String toString() {
    return "***";
  }
}
