package dev.puck.consumer.projection;

/**
 * What became of a batch.
 *
 * @param events how many were applied
 * @param deadLetters how many could not be, and are dead letters now
 */
public record Applied(int events, int deadLetters) {}
