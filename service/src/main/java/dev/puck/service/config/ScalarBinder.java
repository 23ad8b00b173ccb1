package dev.puck.service.config;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/** Reads one value of the file as the type that a record's component has. */
final class ScalarBinder {
  /** Neither 010, which is eight to some YAML parsers, nor 0x10. */
  private static final Pattern WHOLE_NUMBER = Pattern.compile("[+-]?(?:0|[1-9][0-9_]{0,29})");

  private final Path directory;

  /** Paths are taken relative to {@code directory}, where the file lies. */
  ScalarBinder(Path directory) {
    this.directory = directory;
  }

  /**
   * The value.
   *
   * @throws IllegalArgumentException whose message continues the sentence "setting is …"
   */
  Object bind(Class<?> type, String text) {
    if (type == String.class) {
      return text;
    }
    if (type == Secret.class) {
      return new Secret(text);
    }
    if (type == Path.class) {
      return path(text);
    }
    if (type == Duration.class) {
      return duration(text);
    }
    if (type == int.class || type == Integer.class) {
      return (int) wholeNumber(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == long.class || type == Long.class) {
      return wholeNumber(text, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == boolean.class || type == Boolean.class) {
      return truth(text);
    }
    if (type.isEnum()) {
      return constant(type, text);
    }
    throw new IllegalStateException("No way to read a " + type.getName() + " from a configuration");
  }

  private Path path(String text) {
    if (text.isBlank() || text.indexOf('\0') >= 0) {
      throw new IllegalArgumentException("'" + text + "'; it must be a path.");
    }
    return directory.resolve(text);
  }

  private static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "'"
              + text
              + "'; it must be a number and a unit, such as 500ms, 20s, 5m, 2h or 1d, and at most"
              + " 36500d.",
          e);
    }
  }

  private static long wholeNumber(String text, long least, long most) {
    if (!WHOLE_NUMBER.matcher(text).matches()) {
      throw new IllegalArgumentException(
          "'" + text + "'; it must be a whole number, such as 0 or 8080.");
    }
    BigInteger number = new BigInteger(text.replace("_", ""));
    if (number.compareTo(BigInteger.valueOf(least)) < 0
        || number.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new IllegalArgumentException(
          text + "; it must be between " + least + " and " + most + ".");
    }
    return number.longValueExact();
  }

  private static boolean truth(String text) {
    return switch (text.toLowerCase(Locale.ROOT)) {
      case "true" -> true;
      case "false" -> false;
      default -> throw new IllegalArgumentException("'" + text + "'; it must be true or false.");
    };
  }

  private static Object constant(Class<?> type, String text) {
    List<Enum<?>> constants =
        Arrays.stream(type.getEnumConstants()).<Enum<?>>map(each -> (Enum<?>) each).toList();
    return constants.stream()
        .filter(each -> KebabCase.of(each).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "'"
                        + text
                        + "'; it must be one of "
                        + String.join(", ", constants.stream().map(KebabCase::of).toList())
                        + "."));
  }
}
