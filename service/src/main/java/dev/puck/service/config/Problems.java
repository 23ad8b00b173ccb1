package dev.puck.service.config;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Gathers what is wrong with a record's components, so that all of it is said at once.
 *
 * <p>Names are those of the file, in kebab case, relative to the record. Not thread-safe.
 */
public final class Problems {
  private final List<Problem> problems = new ArrayList<>();

  /** Adds a problem unless {@code good}. */
  public Problems check(boolean good, String name, String text) {
    if (!good) {
      problems.add(new Problem(name, text));
    }
    return this;
  }

  /** The number must lie between the two, which belong to the range. */
  public Problems range(String name, long value, long least, long most) {
    return check(
        value >= least && value <= most,
        name,
        "is " + value + "; it must be between " + least + " and " + most + ".");
  }

  /** The duration must be longer than nothing. */
  public Problems positive(String name, Duration value) {
    return check(
        !value.isZero() && !value.isNegative(),
        name,
        "is " + Durations.text(value) + "; it must be longer than nothing, such as 500ms or 10s.");
  }

  /** The text must not be blank. */
  public Problems notBlank(String name, @Nullable String value) {
    return check(
        value == null || !value.isBlank(), name, "is empty; give it a value or leave it out.");
  }

  /** The text must match; {@code rule} says in words what the pattern says. */
  public Problems matches(String name, @Nullable String value, Pattern pattern, String rule) {
    return check(
        value == null || pattern.matcher(value).matches(),
        name,
        "is '" + value + "'; it must be " + rule + ".");
  }

  /** The text must not be longer in UTF-8 than that. */
  public Problems bytesAtMost(String name, String value, int most, String whose) {
    int length = value.getBytes(StandardCharsets.UTF_8).length;
    return check(
        length <= most,
        name,
        "is '" + value + "', " + length + " bytes; " + whose + " allows at most " + most + ".");
  }

  /** Adds the problems that a part found, seen from inside {@code name}. */
  public Problems include(String name, List<Problem> others) {
    others.forEach(other -> problems.add(other.inside(name)));
    return this;
  }

  public boolean isEmpty() {
    return problems.isEmpty();
  }

  List<Problem> list() {
    return List.copyOf(problems);
  }

  /** Ends the checks: does nothing if all was good. */
  public void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
