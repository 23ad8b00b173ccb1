package dev.puck.service.config;

import java.util.Locale;

/** The spelling of names in the file: {@code batchSize} is {@code batch-size} there. */
final class KebabCase {
  private KebabCase() {}

  static String of(String camelCase) {
    return camelCase.replaceAll("([a-z0-9])([A-Z])", "$1-$2").toLowerCase(Locale.ROOT);
  }

  static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
