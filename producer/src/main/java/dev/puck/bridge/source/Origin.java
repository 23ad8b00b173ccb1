package dev.puck.bridge.source;

import java.time.Instant;
import org.jspecify.annotations.Nullable;

/**
 * Where a change comes from, as a durable source knows it.
 *
 * @param id the change's own stable identity: the same however often it is read
 * @param xid the 64-bit id of its transaction; 0 for a row of the starting state, which has none
 * @param lsn where the change is in the WAL; null where the source does not know it
 * @param committed when its transaction committed; null where the source does not know it
 */
public record Origin(String id, long xid, @Nullable Long lsn, @Nullable Instant committed) {
  /** One of which no more is known. */
  public Origin(String id, long xid) {
    this(id, xid, null, null);
  }
}
