package dev.puck.lab.proof.history;

/**
 * How a source is told what to capture, and what it then tells. What it cannot do yet is not asked
 * of it: neither do writers do it, nor does the truth have it.
 *
 * @param watch SQL that begins to capture a table, with {@code %s} in the place of its name
 * @param wholeRows whether a row before its change is told whole, whatever its replica identity
 * @param commitOrder whether all records of a partition come in the order of the commits, and not
 *     only those of one key in the order of its changes
 * @param messages whether it carries what {@code puck.publish} sends
 * @param startingState whether it carries the rows that a table had before
 */
public record Capture(
    String watch,
    boolean wholeRows,
    boolean commitOrder,
    boolean messages,
    boolean startingState) {}
