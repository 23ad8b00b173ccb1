package dev.puck.bridge.source.wal.pgoutput;

/**
 * What is told of a row before its change.
 *
 * @param whole whether it is the whole row; otherwise only the columns of its replica identity have
 *     values, and the others are null, which says nothing
 * @param values of the columns
 */
public record OldTuple(boolean whole, Tuple values) {}
