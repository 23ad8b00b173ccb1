package dev.puck.bridge.checkpoint;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A transaction of the database of which a part is published.
 *
 * @param xid its 64-bit id
 * @param events how many changes of which tables that was
 */
public record OpenTransaction(
    @JsonProperty("xid") long xid, @JsonProperty("events") SortedMap<String, Long> events) {
  public OpenTransaction {
    events = new TreeMap<>(requireNonNull(events));
  }
}
