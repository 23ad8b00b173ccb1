package dev.puck.cli;

import dev.puck.lab.workload.Isolation;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.TypeConversionException;

/** An isolation level such as {@code read-committed}. */
final class IsolationLevel implements ITypeConverter<Isolation>, Iterable<String> {
  @Override
  public Isolation convert(String text) {
    return Arrays.stream(Isolation.values())
        .filter(level -> name(level).equals(text.toLowerCase(Locale.ROOT)))
        .findFirst()
        .orElseThrow(
            () ->
                new TypeConversionException(
                    "'" + text + "' is none of " + String.join(", ", names())));
  }

  @Override
  public Iterator<String> iterator() {
    return names().iterator();
  }

  private static List<String> names() {
    return Arrays.stream(Isolation.values()).map(IsolationLevel::name).toList();
  }

  private static String name(Isolation level) {
    return level.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
