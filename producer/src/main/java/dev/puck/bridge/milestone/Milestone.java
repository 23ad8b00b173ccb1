package dev.puck.bridge.milestone;

/** A point that a bridge passes while it works: where it may die, and must not lose or repeat. */
public enum Milestone {
  /** Changes were read, and wait to be published. */
  READ,
  /** What was read ends within a transaction of PostgreSQL, the rest of which comes later. */
  WITHIN,
  /** A Kafka transaction was begun. */
  BEGUN,
  /** One event was handed to Kafka. */
  SENT,
  /** Everything of a transaction was sent; the commit comes next. */
  COMMITTING,
  /** Kafka committed; nobody was told yet. */
  COMMITTED,
  /** PostgreSQL is about to be told that it need not keep what comes before a checkpoint. */
  CONFIRMING,
  /** It was told so, and perhaps has not heard it yet. */
  CONFIRMED,
  /** An outbox table was emptied; PostgreSQL was not told to commit that yet. */
  ROTATING,
  /** A range of a table's starting state was read. */
  STARTING_STATE
}
