package dev.puck.lab.bench;

import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problems;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * What to measure, and how often.
 *
 * @param pairs how often everything is measured, alternating with what it is compared with
 * @param duration of each measurement
 * @param parts what to measure; none for all that the subject has
 * @param seed decides what comes first in each pair
 * @param subject what is measured
 * @param heap of each bridge, such as {@code 128m}
 */
public record BenchOptions(
    int pairs, Duration duration, Set<Part> parts, long seed, Subject subject, String heap) {
  private static final Pattern HEAP = Pattern.compile("[1-9][0-9]{0,4}[mg]");

  private static final int MOST_PAIRS = 100;
  private static final int ROWS = 1_000_000;
  private static final int ROWS_A_SECOND = 10_000;
  private static final Duration LONG_ENOUGH = Duration.ofSeconds(20);
  private static final Duration LONGEST = Duration.ofHours(1);
  private static final Duration LONGEST_WARM_UP = Duration.ofSeconds(5);

  /**
   * @throws ConfigException if something is out of range
   */
  public BenchOptions {
    parts = parts.isEmpty() ? subject.parts() : Set.copyOf(parts);
    new Problems()
        .check(
            subject.parts().containsAll(parts),
            "--only",
            "names " + unknown(parts, subject) + "; it must be of " + texts(subject.parts()) + ".")
        .range("--pairs", pairs, 1, MOST_PAIRS)
        .range("--duration", duration.toSeconds(), 1, LONGEST.toSeconds())
        .matches("--heap", heap, HEAP, "a size such as 64m")
        .throwIfAny();
  }

  /** How long each measurement is prepared by the same work, which is not counted. */
  public Duration warmUp() {
    Duration quarter = duration.dividedBy(4);
    return quarter.compareTo(LONGEST_WARM_UP) < 0 ? quarter : LONGEST_WARM_UP;
  }

  /** How many rows are drained: a million, and for a short look less. */
  public int rows() {
    return duration.compareTo(LONG_ENOUGH) < 0
        ? Math.toIntExact(ROWS_A_SECOND * duration.toSeconds())
        : ROWS;
  }

  private static String unknown(Set<Part> parts, Subject subject) {
    Set<Part> unknown = EnumSet.copyOf(parts);
    unknown.removeAll(subject.parts());
    return texts(unknown) + ", which '" + subject.text() + "' does not have";
  }

  private static String texts(Set<Part> parts) {
    return parts.stream().sorted().map(Part::text).collect(Collectors.joining(", "));
  }
}
