package dev.puck.event;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
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
  TRUNCATE("truncate"),
  /** Where a transaction begins or ends. */
  TRANSACTION("transaction");

  private static final List<EventKind> ALL = List.of(values());

  /** The spelling of each, in their order. */
  private static final List<byte[]> SPELLINGS =
      ALL.stream().map(kind -> kind.text.getBytes(StandardCharsets.UTF_8)).toList();

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
    return this == GAP || this == TRUNCATE || this == TRANSACTION;
  }

  /** The kind of that spelling; empty for one that this version does not know. */
  public static Optional<EventKind> of(String text) {
    return of(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The same of a spelling in UTF-8; for those who read it from every event. */
  public static Optional<EventKind> of(byte[] text) {
    for (int i = 0; i < SPELLINGS.size(); i++) {
      if (Arrays.equals(SPELLINGS.get(i), text)) {
        return Optional.of(ALL.get(i));
      }
    }
    return Optional.empty();
  }
}
