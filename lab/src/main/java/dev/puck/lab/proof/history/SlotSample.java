package dev.puck.lab.proof.history;

/**
 * How far a bridge's slot was confirmed, and what was committed in Kafka by then.
 *
 * @param confirmed place in the WAL before which PostgreSQL sends nothing any more
 * @param covered place in the WAL before which the newest committed checkpoint covers all
 * @param checkpoint that one, for a person
 */
public record SlotSample(long confirmed, long covered, String checkpoint) {}
