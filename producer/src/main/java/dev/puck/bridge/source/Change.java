package dev.puck.bridge.source;

/** Something that happened in the database, or to the source that watches it. */
public sealed interface Change permits Message, RowChange, Truncate, TransactionEnd, Gap {
  /** About how many bytes of memory it takes while it waits. */
  long sizeInBytes();
}
