package dev.puck.bridge.source;

/**
 * Where a change comes from, as a durable source knows it.
 *
 * @param id the change's own stable identity: the same however often it is read
 * @param xid the 64-bit id of its transaction
 */
public record Origin(String id, long xid) {}
