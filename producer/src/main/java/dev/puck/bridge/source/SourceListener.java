package dev.puck.bridge.source;

import org.jspecify.annotations.Nullable;

/** Hears what a source does; must be quick and must not throw. Called from the reader's thread. */
public interface SourceListener {
  /** Hears nothing. */
  SourceListener UNHEARD = new SourceListener() {};

  /** It looked for changes. */
  default void polled() {}

  /** It slept, and found changes. */
  default void woken(Wake by) {}

  /** A table of the outbox was emptied. */
  default void rotated() {}

  /**
   * Rows of a table's starting state were read.
   *
   * @param rows so many more
   * @param estimated how many there are about in all; 0: unknown
   * @param done whether these were the last
   */
  default void startingState(Relation relation, long rows, long estimated, boolean done) {}

  /** So many values did not fit their type and were passed on as they came. */
  default void misfit(long values) {}

  /** So many values were not in the WAL, and a placeholder stands for them. */
  default void unavailable(long values) {}

  /**
   * How a replication slot is.
   *
   * @param retainedBytes of WAL that PostgreSQL keeps for it
   * @param safeBytes that may be written before it is lost; null: without limit
   * @param walStatus {@code reserved}, {@code extended}, {@code unreserved} or {@code lost}
   */
  default void slot(long retainedBytes, @Nullable Long safeBytes, String walStatus) {}

  /** What ended a source's sleep. */
  enum Wake {
    NOTIFICATION,
    TIMEOUT
  }
}
