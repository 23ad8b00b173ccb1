package dev.puck.lab.own;

/**
 * A table, by its names as they are, without quotes.
 *
 * @param schema where it is
 * @param name of it
 */
record Relation(String schema, String name) {
  /** As SQL has it. */
  String sql() {
    return quoted(schema) + "." + quoted(name);
  }

  /** A name as SQL has it. */
  static String quoted(String name) {
    return '"' + name.replace("\"", "\"\"") + '"';
  }

  @Override
  public String toString() {
    return schema + "." + name;
  }
}
