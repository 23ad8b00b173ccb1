package dev.puck.lab.bench.writers;

import dev.puck.lab.bench.stage.Source;
import java.util.List;
import java.util.Locale;

/** How a table's changes are captured. */
enum Variant {
  /** Not at all. */
  NONE("none"),

  /**
   * By the least trigger that adds a row of its own for each row, which nobody reads: what no
   * outbox filled by triggers comes below.
   */
  BARE_TRIGGER("bare trigger"),

  /** By {@code puck.watch}, with a bridge that is awake while there is so much to do. */
  ADAPTIVE("adaptive"),

  /** The same, but each transaction notifies the bridge. */
  NOTIFY_EACH("notify in each"),

  /** In a publication, with a bridge whose walsender runs where PostgreSQL does. */
  WAL("wal"),

  /** The same, but the walsender runs on the bridge's core: what is left is the writers' own. */
  WALSENDER_APART("wal, walsender apart");

  private final String text;

  Variant(String text) {
    this.text = text;
  }

  /** Those of a source, {@link #NONE} first. */
  static List<Variant> of(Source source, boolean pinned) {
    return switch (source) {
      case OUTBOX -> List.of(NONE, BARE_TRIGGER, ADAPTIVE, NOTIFY_EACH);
      case WAL -> pinned ? List.of(NONE, WAL, WALSENDER_APART) : List.of(NONE, WAL);
    };
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
