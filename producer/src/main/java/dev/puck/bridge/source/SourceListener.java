package dev.puck.bridge.source;

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

  /** What ended a source's sleep. */
  enum Wake {
    NOTIFICATION,
    TIMEOUT
  }
}
