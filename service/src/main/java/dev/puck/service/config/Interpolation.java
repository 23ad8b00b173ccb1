package dev.puck.service.config;

import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Replaces <code>${NAME}</code> and <code>${NAME:-default}</code> by the environment, and <code>
 * ${file:PATH}</code> by a file's text; a doubled dollar stands for itself. Works on values after
 * YAML was parsed, so a variable cannot change the structure; and only once, so a variable cannot
 * refer to another.
 */
final class Interpolation {
  private static final Pattern REFERENCE =
      Pattern.compile(
          "\\$(\\$\\{)|\\$\\{file:(?!-)([^}$]+)\\}|\\$\\{([A-Za-z_][A-Za-z0-9_]*)(?::-([^}]*))?\\}|\\$\\{");

  private final Map<String, String> environment;
  private final SecretFiles files;

  /** Files are looked for in {@code directory}. */
  Interpolation(Map<String, String> environment, Path directory) {
    this.environment = Map.copyOf(environment);
    this.files = new SecretFiles(directory);
  }

  /** The text with its references replaced; {@code problem} hears of each that cannot be. */
  String apply(String text, Consumer<String> problem) {
    if (text.indexOf('$') < 0) {
      return text;
    }
    return REFERENCE
        .matcher(text)
        .replaceAll(match -> Matcher.quoteReplacement(replacement(match, problem)));
  }

  /** The text that {@link #apply} turns into this one. */
  static String escape(String text) {
    return text.replace("${", "$${");
  }

  private String replacement(MatchResult match, Consumer<String> problem) {
    if (match.group(1) != null) {
      return "${";
    }
    if (match.group(2) != null) {
      return files.read(match.group(2), problem);
    }
    @Nullable String name = match.group(3);
    @Nullable String fallback = match.group(4);
    if (name == null || (fallback != null && fallback.contains("${"))) {
      problem.accept(
          "has a '${' that begins no reference. Write ${NAME}, ${NAME:-default} or"
              + " ${file:PATH}, or $${ for the characters themselves.");
      return "";
    }
    @Nullable String value = environment.get(name);
    if (value != null && !(value.isEmpty() && fallback != null)) {
      return value;
    }
    if (fallback == null) {
      problem.accept(
          "needs the environment variable "
              + name
              + ", which is not set. Set it, or write ${"
              + name
              + ":-default}.");
      return "";
    }
    return fallback;
  }
}
