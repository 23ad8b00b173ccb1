package dev.puck.cli.schema;

import dev.puck.bridge.schema.WatchOptions;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** How a table is captured, as options of {@code puck watch}, for a POSIX shell. */
final class CaptureText {
  private CaptureText() {}

  /** The options; what they are without any is said in words. */
  static String of(WatchOptions options) {
    List<String> parts = new ArrayList<>();
    @Nullable List<String> columns = options.columns();
    if (columns != null) {
      parts.add("--columns " + quoted(String.join(",", columns)));
    }
    if (!options.exclude().isEmpty()) {
      parts.add("--exclude " + quoted(String.join(",", options.exclude())));
    }
    @Nullable String mask = options.mask();
    if (mask != null) {
      Masks.fromJson(mask).forEach(rule -> parts.add("--mask " + quoted(rule)));
    }
    @Nullable String filter = options.filter();
    if (filter != null) {
      parts.add("--where " + quoted(filter));
    }
    if (options.replica()) {
      parts.add("--replica");
    }
    if (options.generated()) {
      parts.add("--generated");
    }
    return parts.isEmpty() ? "all rows and columns" : String.join(" ", parts);
  }

  private static String quoted(String word) {
    return word.matches("[\\w.,=-]+") ? word : "'" + word.replace("'", "'\\''") + "'";
  }
}
