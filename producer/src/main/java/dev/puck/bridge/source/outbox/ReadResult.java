package dev.puck.bridge.source.outbox;

import dev.puck.event.Snapshot;
import java.time.Instant;
import java.util.List;

/**
 * What one look into the outbox found.
 *
 * @param rows in the order of ids; those read so far, where it is not complete
 * @param isComplete whether these are all that the snapshot sees and the position does not cover
 * @param seen the snapshot that read them
 * @param at the database's time just before that snapshot
 * @param wal how far its WAL was flushed
 */
record ReadResult(List<OutboxRow> rows, boolean isComplete, Snapshot seen, Instant at, String wal) {
  long largestXid() {
    return rows.stream().mapToLong(OutboxRow::xid).max().orElse(0);
  }

  long largestId() {
    return rows.stream().mapToLong(OutboxRow::id).max().orElse(0);
  }
}
