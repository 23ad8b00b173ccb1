package dev.puck.service.config;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** Finds the name that someone probably meant. */
public final class NearestName {
  private NearestName() {}

  /** The known name with the fewest edits from {@code name}; empty if none is at all alike. */
  public static Optional<String> to(String name, Collection<String> known) {
    return known.stream()
        .filter(candidate -> isNear(name, candidate))
        .min(Comparator.comparingInt(candidate -> distance(name, candidate)));
  }

  /** At least half of the longer one stays; lengths first, since a hostile name may be long. */
  private static boolean isNear(String name, String candidate) {
    int longer = Math.max(name.length(), candidate.length());
    return 2 * Math.abs(name.length() - candidate.length()) <= longer
        && 2 * distance(name, candidate) <= longer;
  }

  /** How a sentence about an unknown name goes on: the nearest, else all that are known. */
  public static String hint(String name, Collection<String> known) {
    return to(name, known)
        .map(nearest -> "did you mean '" + nearest + "'?")
        .orElseGet(() -> "known: " + String.join(", ", known.stream().sorted().toList()) + ".");
  }

  /** Levenshtein's distance, row by row (Wagner and Fischer, 1974); case does not count. */
  private static int distance(String left, String right) {
    String a = left.toLowerCase(Locale.ROOT);
    String b = right.toLowerCase(Locale.ROOT);
    int[] previous = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      previous[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] current = new int[b.length() + 1];
      current[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int substitution = previous[j - 1] + (a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1);
        current[j] = Math.min(substitution, Math.min(previous[j], current[j - 1]) + 1);
      }
      previous = current;
    }
    return previous[b.length()];
  }
}
