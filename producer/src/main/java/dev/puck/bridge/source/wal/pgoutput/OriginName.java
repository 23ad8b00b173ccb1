package dev.puck.bridge.source.wal.pgoutput;

/**
 * The transaction that began last came here by replication.
 *
 * @param commitLsn where its commit record is at the origin
 * @param name the origin's
 */
public record OriginName(long commitLsn, String name) implements PgOutputMessage {}
