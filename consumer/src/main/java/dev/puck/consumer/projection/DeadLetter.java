package dev.puck.consumer.projection;

/**
 * An event that a projection could not apply.
 *
 * @param event as it came
 * @param projection who could not, as {@code kind/name}
 * @param reason why, in words for a person
 */
public record DeadLetter(IncomingEvent event, String projection, String reason) {
  public static DeadLetter of(Projection projection, IncomingEvent event, String reason) {
    return new DeadLetter(event, projection.kind().text() + "/" + projection.name(), reason);
  }
}
