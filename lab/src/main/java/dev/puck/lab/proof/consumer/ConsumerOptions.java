package dev.puck.lab.proof.consumer;

import dev.puck.lab.proof.ProofOptions;
import java.time.Duration;
import java.util.List;

/**
 * How hard to try to refute what consumers promise.
 *
 * @param kills of consumers and servers
 * @param seed of faults and writers
 * @param duration how long the writers work at least; the kills are spread over it
 * @param controls which sabotage is tried
 */
public record ConsumerOptions(
    int kills, long seed, Duration duration, List<ConsumerControl> controls) {
  /**
   * @throws dev.puck.service.config.ConfigException if something is out of range
   */
  public ConsumerOptions {
    controls = List.copyOf(controls);
    ProofOptions.check(kills, duration);
  }

  /** How many events must have happened for the result to mean anything. */
  int leastEvents() {
    return 100 * kills;
  }

  /** How often readers must have had an answer. */
  int leastAnswers() {
    return 100 * kills;
  }
}
