package dev.puck.lab.bench.stage;

import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * How often and how long to measure.
 *
 * @param pairs how often
 * @param duration of each measurement
 * @param warmUp that goes before and does not count
 * @param rows of a backlog
 * @param random decides what comes first in each pair
 */
public record Plan(
    int pairs, Duration duration, Duration warmUp, int rows, RandomGenerator random) {
  /** How long one measurement takes with all that belongs to it. */
  public Duration measurement() {
    return duration.plus(warmUp).plusSeconds(1);
  }
}
