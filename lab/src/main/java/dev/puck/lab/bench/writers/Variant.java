package dev.puck.lab.bench.writers;

import java.util.Locale;

/** How a table's changes are captured. */
enum Variant {
  /** Not at all. */
  NONE("none"),

  /** By {@code puck.watch}, with a bridge that is awake while there is so much to do. */
  ADAPTIVE("adaptive"),

  /** The same, but each transaction notifies the bridge. */
  NOTIFY_EACH("notify in each");

  private final String text;

  Variant(String text) {
    this.text = text;
  }

  /** For a person. */
  String text() {
    return text;
  }

  /** For a program. */
  String id() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Its table. */
  String table() {
    return "sale_" + id();
  }
}
