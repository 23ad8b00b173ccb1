package dev.puck.lab.proof.history;

/**
 * How a source is told what to capture, and what it then tells.
 *
 * @param watch SQL that begins to capture a table, with {@code %s} in the place of its name
 * @param wholeRows whether a row before its change is told whole, whatever its replica identity
 * @param commitOrder whether all records of a partition come in the order of the commits, and not
 *     only those of one key in the order of its changes
 */
public record Capture(String watch, boolean wholeRows, boolean commitOrder) {}
