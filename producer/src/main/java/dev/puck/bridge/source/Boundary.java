package dev.puck.bridge.source;

import dev.puck.event.Snapshot;
import java.time.Instant;

/**
 * Where two sources of one database meet: what was committed before it is seen by the snapshot, and
 * nothing else is.
 *
 * @param snapshot sees what was committed before
 * @param lsn where it is in the WAL: a transaction was committed before it if its commit record is
 *     before that place
 * @param through what was committed before this moment was committed before it
 */
public record Boundary(Snapshot snapshot, long lsn, Instant through) {}
