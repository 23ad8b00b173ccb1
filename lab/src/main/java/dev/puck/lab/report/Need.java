package dev.puck.lab.report;

import java.time.Duration;

/**
 * What somebody who has to choose asks for.
 *
 * @param staleness how old may be what 99 % of reads see
 * @param writesPerSecond transactions
 * @param readsPerSecond of one message's counters each
 */
public record Need(Duration staleness, int writesPerSecond, int readsPerSecond) {
  public Need {
    if (staleness.isNegative() || writesPerSecond < 0 || readsPerSecond < 0) {
      throw new IllegalArgumentException(
          "A staleness of %s, %d writes/s and %d reads/s are asked for; none may be negative"
              .formatted(staleness, writesPerSecond, readsPerSecond));
    }
  }
}
