package dev.puck.consumer.projection;

/**
 * An event that a projection could not apply.
 *
 * @param event as it came
 * @param projection who could not, as {@link Projection#title}
 * @param failure why
 */
public record DeadLetter(IncomingEvent event, String projection, Failure failure) {
  public static DeadLetter of(
      Projection projection, IncomingEvent event, PoisonEventException thrown) {
    return new DeadLetter(event, projection.title(), Failure.of(thrown));
  }

  /** Why, in words for a person. */
  public String reason() {
    return failure.message();
  }
}
