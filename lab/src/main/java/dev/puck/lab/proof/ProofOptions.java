package dev.puck.lab.proof;

import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problems;
import java.time.Duration;
import java.util.List;

/**
 * What to prove, and how hard to try to refute it.
 *
 * @param subject what is proved
 * @param kills of bridges and servers
 * @param seed of faults and writers
 * @param duration how long the writers work at least; the kills are spread over it
 * @param controls which sabotage is tried
 */
public record ProofOptions(
    Subject subject, int kills, long seed, Duration duration, List<Control> controls) {
  private static final int MOST_KILLS = 100_000;
  private static final Duration LONGEST = Duration.ofDays(7);

  /**
   * @throws ConfigException if something is out of range
   */
  public ProofOptions {
    controls = List.copyOf(controls);
    check(kills, duration);
  }

  /**
   * Whether one can try so hard.
   *
   * @throws ConfigException if something is out of range
   */
  public static void check(int kills, Duration duration) {
    new Problems()
        .range("--kills", kills, 1, MOST_KILLS)
        .check(!duration.isNegative(), "--duration", "is negative; take 0s or more.")
        .check(duration.compareTo(LONGEST) <= 0, "--duration", "is longer than a week; take less.")
        .throwIfAny();
  }

  /** How many changes must have happened for the result to mean anything. */
  int leastChanges() {
    return 100 * kills;
  }
}
