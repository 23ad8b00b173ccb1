package dev.puck.bridge.source.outbox;

import dev.puck.event.Snapshot;
import java.util.List;

/**
 * The three rules on which exactly once and order stand. There is one right way to follow them,
 * {@link SnapshotRules}; a proof breaks them one at a time, to see that it would notice.
 */
public interface OutboxRules {
  /**
   * Which rows a position does not cover, as an SQL condition on {@code o}, a row of {@code
   * puck.outbox}; its two parameters are the position's {@code xmax} as {@code xid8} and its
   * transactions in progress as {@code xid8[]}.
   */
  String uncovered();

  /**
   * The position after a batch.
   *
   * @param before the position before it
   * @param seen the snapshot that read the batch
   * @param largestXid the largest transaction id among the rows read
   * @param largestId the largest id among them
   */
  Snapshot after(Snapshot before, Snapshot seen, long largestXid, long largestId);

  /** The rows, which come ordered by id, in the order in which their changes happened. */
  List<OutboxRow> order(List<OutboxRow> rows);
}
