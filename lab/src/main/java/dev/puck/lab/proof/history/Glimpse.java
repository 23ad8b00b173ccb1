package dev.puck.lab.proof.history;

/**
 * A record as a live reader saw it.
 *
 * @param offset in its partition
 * @param position its {@code puck.position}
 */
public record Glimpse(long offset, String position) {}
