package dev.puck.event;

import java.util.Optional;

/** What a record in a topic is; the value of the header {@link EventHeaders#KIND}. */
public enum EventKind {
  /** A change of a table's row. */
  ROW("row"),
  /** A channel's payload, as in {@code NOTIFY}. */
  MESSAGE("message"),
  /** An interval in which changes may have been missed. */
  GAP("gap"),
  /** All earlier keys of this partition are gone. */
  TRUNCATE("truncate");

  private final String text;

  EventKind(String text) {
    this.text = text;
  }

  /** The spelling on the wire. */
  public String text() {
    return text;
  }

  /** Whether it speaks about the stream, and carries nothing for a projection to apply. */
  public boolean isControl() {
    return this == GAP || this == TRUNCATE;
  }

  /** The kind of that spelling; empty for one that this version does not know. */
  public static Optional<EventKind> of(String text) {
    for (EventKind kind : values()) {
      if (kind.text.equals(text)) {
        return Optional.of(kind);
      }
    }
    return Optional.empty();
  }
}
