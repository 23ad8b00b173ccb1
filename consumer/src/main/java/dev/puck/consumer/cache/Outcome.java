package dev.puck.consumer.cache;

/** What became of a write. */
enum Outcome {
  /** It is older than what was there, or the same again. */
  STALE,
  /** The entry says now what the event says. */
  WRITTEN,
  /** The truth that the entry was read from has it already. */
  KNOWN
}
