package dev.puck.bridge.source.wal.pgoutput;

/**
 * The transaction that began last is complete.
 *
 * @param commitLsn where its commit record is
 * @param endLsn where it ends: what to confirm when all before is durable elsewhere
 * @param committedMicros when it committed, in microseconds since 1970
 */
public record Commit(long commitLsn, long endLsn, long committedMicros)
    implements PgOutputMessage {}
