package dev.puck.event;

/**
 * All earlier keys of this partition are gone. It has a record in every partition of the table's
 * topic, whose value is a row change's envelope with {@code "op":"t"} and no row.
 */
public final class TruncateEvent {
  /** The reserved key of a truncate: no key of a change begins with {@code puck:}. */
  public static final String KEY = "puck:truncate";

  private TruncateEvent() {}
}
