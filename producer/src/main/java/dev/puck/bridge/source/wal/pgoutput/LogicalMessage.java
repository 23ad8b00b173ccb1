package dev.puck.bridge.source.wal.pgoutput;

/**
 * What {@code pg_logical_emit_message} wrote.
 *
 * @param transactional whether it belongs to the transaction that began last; otherwise it stands
 *     alone, also when that one is not complete, and was never rolled back
 * @param lsn where it is
 * @param prefix which says whose it is
 * @param content any bytes
 */
public record LogicalMessage(boolean transactional, long lsn, String prefix, Slice content)
    implements PgOutputMessage {}
