package dev.puck.cli;

import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** A rate such as {@code 500/s}, or {@code 500} for short. */
final class PerSecond implements ITypeConverter<Integer> {
  @Override
  public Integer convert(String text) {
    String number = text.endsWith("/s") ? text.substring(0, text.length() - 2) : text;
    try {
      return Integer.valueOf(number.strip());
    } catch (NumberFormatException e) {
      throw new TypeConversionException("'" + text + "' is no rate; write one such as 500/s");
    }
  }
}
