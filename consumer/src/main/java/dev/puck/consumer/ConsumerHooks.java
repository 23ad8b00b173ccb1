package dev.puck.consumer;

import dev.puck.consumer.projection.Projection;
import java.util.function.UnaryOperator;

/**
 * Where a proof takes hold of a consumer: to kill or stop it at a named point, and to break a rule
 * on purpose.
 *
 * @param projecting goes around each projection, between it and its subscription
 */
public record ConsumerHooks(UnaryOperator<Projection> projecting) {
  /** Those of every consumer that is not on trial. */
  public static final ConsumerHooks NONE = new ConsumerHooks(projection -> projection);
}
