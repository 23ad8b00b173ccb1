package dev.puck.lab.proof.fault;

import dev.puck.bridge.milestone.Milestone;
import org.jspecify.annotations.Nullable;

/** What can happen to a bridge and its servers. */
public enum FaultKind {
  AT_READ("bridge-at-read", Milestone.READ, 20),
  AT_WITHIN("bridge-at-within", Milestone.WITHIN, 3),
  AT_BEGUN("bridge-at-begun", Milestone.BEGUN, 20),
  AT_SENT("bridge-at-sent", Milestone.SENT, 200),
  AT_COMMITTING("bridge-at-committing", Milestone.COMMITTING, 20),
  AT_COMMITTED("bridge-at-committed", Milestone.COMMITTED, 20),
  AT_CONFIRMING("bridge-at-confirming", Milestone.CONFIRMING, 2),
  AT_CONFIRMED("bridge-at-confirmed", Milestone.CONFIRMED, 2),
  AT_ROTATING("bridge-at-rotating", Milestone.ROTATING, 2),
  AT_STARTING_STATE("bridge-at-starting-state", Milestone.STARTING_STATE, 3),
  AT_RANDOM("bridge-at-random", null, 1),
  /** SIGKILL for PostgreSQL and all its processes. */
  POSTGRES("postgres", null, 1),
  /** The same right after transactions were rolled back that a snapshot has counted. */
  POSTGRES_AFTER_ROLLBACK("postgres-after-rollback", null, 1),
  /** The process of PostgreSQL that sends the bridge the WAL is ended. */
  WALSENDER("walsender", null, 1),
  /** SIGKILL for the broker. */
  KAFKA("kafka", null, 1),
  /** SIGSTOP for the leader, longer than its session may be idle. Kills nobody. */
  FREEZE("freeze", null, 1),
  /** The same, longer than a Kafka transaction may last. */
  LONG_FREEZE("long-freeze", null, 1);

  private final String text;
  private final @Nullable Milestone milestone;
  private final int mostPasses;

  FaultKind(String text, @Nullable Milestone milestone, int mostPasses) {
    this.text = text;
    this.milestone = milestone;
    this.mostPasses = mostPasses;
  }

  /** As in the report. */
  public String text() {
    return text;
  }

  /** Where the bridge dies; null where it is not told. */
  public @Nullable Milestone milestone() {
    return milestone;
  }

  int mostPasses() {
    return mostPasses;
  }

  /** Whether it counts as a kill. */
  public boolean kills() {
    return this != FREEZE && this != LONG_FREEZE;
  }
}
