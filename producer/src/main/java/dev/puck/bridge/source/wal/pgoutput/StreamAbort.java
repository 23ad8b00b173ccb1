package dev.puck.bridge.source.wal.pgoutput;

/**
 * A transaction, or a part of it, was rolled back, of which nothing was sent. PostgreSQL 18 says so
 * where nobody asked for {@code streaming}, too: of one with savepoints that was larger than {@code
 * logical_decoding_work_mem} and was rolled back before it was decoded.
 *
 * @param xid of the transaction
 * @param subXid of the part; the same if it is all of it
 */
public record StreamAbort(long xid, long subXid) implements PgOutputMessage {}
