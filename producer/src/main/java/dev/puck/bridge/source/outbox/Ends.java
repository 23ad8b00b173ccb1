package dev.puck.bridge.source.outbox;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** Finds where transactions end in a batch, which has all that each did. */
final class Ends {
  private Ends() {}

  /** The ids of the rows that are the last of their transaction. */
  static Set<Long> of(List<OutboxRow> ordered) {
    Set<Long> seen = new HashSet<>();
    Set<Long> last = new HashSet<>();
    for (int i = ordered.size() - 1; i >= 0; i--) {
      OutboxRow row = ordered.get(i);
      if (seen.add(row.xid())) {
        last.add(row.id());
      }
    }
    return last;
  }
}
