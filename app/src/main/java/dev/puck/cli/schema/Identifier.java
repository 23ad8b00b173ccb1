package dev.puck.cli.schema;

import java.util.regex.Pattern;

/** A name as SQL wants it. */
final class Identifier {
  private static final Pattern PLAIN = Pattern.compile("[a-z_][a-z0-9_]*");

  private Identifier() {}

  /** With quotes where the name needs them, but for key words. */
  static String quoted(String name) {
    return PLAIN.matcher(name).matches() ? name : '"' + name.replace("\"", "\"\"") + '"';
  }
}
