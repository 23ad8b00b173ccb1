package dev.puck.service.config;

import java.math.BigInteger;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/** Reads one value of the file as the type that a record's component has. */
final class ScalarBinder {
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
      return directory.resolve(text);
    }
    if (type == Duration.class) {
      return Durations.parse(text);
    }
    if (type == int.class) {
      return (int) wholeNumber(text, Integer.MIN_VALUE, Integer.MAX_VALUE);
    }
    if (type == long.class) {
      return wholeNumber(text, Long.MIN_VALUE, Long.MAX_VALUE);
    }
    if (type == boolean.class) {
      return truth(text);
    }
    if (type.isEnum()) {
      return constant(type, text);
    }
    throw new IllegalStateException("No way to read a " + type.getName() + " from a configuration");
  }

  private static long wholeNumber(String text, long least, long most) {
    if (!text.matches("[+-]?\\d{1,30}")) {
      throw new IllegalArgumentException("'" + text + "'; it must be a whole number.");
    }
    BigInteger number = new BigInteger(text);
    if (number.compareTo(BigInteger.valueOf(least)) < 0
        || number.compareTo(BigInteger.valueOf(most)) > 0) {
      throw new IllegalArgumentException(
          text + "; it must be between " + least + " and " + most + ".");
    }
    return number.longValueExact();
  }

  private static boolean truth(String text) {
    return switch (text) {
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
