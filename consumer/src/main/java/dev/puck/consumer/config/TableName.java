package dev.puck.consumer.config;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A table's name with its schema, read as PostgreSQL reads it: folded to lower case unless quoted.
 */
public record TableName(String schema, String table) {
  private static final String PART = "([A-Za-z_][A-Za-z0-9_$]*|\"(?:[^\"\\x00]|\"\")+\")";
  private static final Pattern NAME = Pattern.compile(PART + "\\." + PART);

  /** The name of that text; empty if it is none. */
  public static Optional<TableName> parse(String text) {
    Matcher matcher = NAME.matcher(text);
    return matcher.matches()
        ? Optional.of(new TableName(folded(matcher.group(1)), folded(matcher.group(2))))
        : Optional.empty();
  }

  /** Safe to put into SQL, whatever the name. */
  public String quoted() {
    return quoted(schema) + "." + quoted(table);
  }

  private static String quoted(String part) {
    return "\"" + part.replace("\"", "\"\"") + "\"";
  }

  private static String folded(String part) {
    return part.startsWith("\"")
        ? part.substring(1, part.length() - 1).replace("\"\"", "\"")
        : part.toLowerCase(Locale.ROOT);
  }
}
