package dev.puck.bridge.source.outbox;

/**
 * What a table's rows were captured as.
 *
 * @param shape as of {@link RowShape#parse}, of those rows that do not tell their own
 */
record Capture(String schema, String table, String shape) {}
