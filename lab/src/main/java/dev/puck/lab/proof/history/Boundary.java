package dev.puck.lab.proof.history;

import java.util.Map;

/**
 * A record that says where a transaction begins or ends.
 *
 * @param place where it lies
 * @param xid the transaction's
 * @param isEnd which of the two
 * @param counts how many changes of which tables it has; empty at the beginning
 */
public record Boundary(Sighting.Place place, long xid, boolean isEnd, Map<String, Long> counts) {
  public Boundary {
    counts = Map.copyOf(counts);
  }
}
