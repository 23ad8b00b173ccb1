package dev.puck.lab.proof.check;

import org.jspecify.annotations.Nullable;

/**
 * What a check found.
 *
 * @param check its name, as in the report
 * @param count how often; 0 is good
 * @param example the first, for a person; null if there is none
 */
public record Finding(String check, long count, @Nullable String example) {
  /** Whether all is well. */
  public boolean isClean() {
    return count == 0;
  }
}
