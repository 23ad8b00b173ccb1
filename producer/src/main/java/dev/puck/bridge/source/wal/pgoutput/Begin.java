package dev.puck.bridge.source.wal.pgoutput;

/**
 * A transaction begins; it has committed.
 *
 * @param commitLsn where its commit record is; {@link Commit#commitLsn()} will say the same
 * @param committedMicros when it committed, in microseconds since 1970
 * @param xid its 32-bit id, unsigned
 */
public record Begin(long commitLsn, long committedMicros, long xid) implements PgOutputMessage {}
