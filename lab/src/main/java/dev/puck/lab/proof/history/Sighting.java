package dev.puck.lab.proof.history;

import org.jspecify.annotations.Nullable;

/**
 * One record of a topic.
 *
 * @param place where it lies
 * @param kind what it is
 * @param table whose it is, as in {@link Fact#table}
 * @param key as in {@link Fact#key}; of a tombstone, too
 * @param fact what it tells; null for a tombstone, a truncate, a boundary and a stranger
 * @param marks what its headers say
 */
public record Sighting(
    Place place, Kind kind, String table, @Nullable String key, @Nullable Fact fact, Marks marks) {
  /** What a record is. */
  public enum Kind {
    /** A row's change, or a row of a starting state. */
    ROW,
    /** The null after a deletion. */
    TOMBSTONE,
    /** All earlier keys of this partition are gone. */
    TRUNCATE,
    /** Where a transaction begins or ends, which {@link Boundary} tells. */
    BOUNDARY,
    /** What was published by hand. */
    MESSAGE,
    /** What should not be there: a gap, a dead letter, or something that nobody can read. */
    STRANGER
  }

  /** Where a record lies. */
  public record Place(String topic, int partition, long offset) {
    @Override
    public String toString() {
      return topic + '-' + partition + '@' + offset;
    }
  }

  /**
   * What a record's headers say.
   *
   * @param id of the change, {@code puck.id}
   * @param position in the order of publishing, {@code puck.position}
   * @param xid of the transaction, {@code puck.xid}; -1 where there is none
   */
  public record Marks(String id, String position, long xid) {}

  /** The table and the key, as {@link Fact#line}. */
  public @Nullable String line() {
    return key == null ? null : table + ' ' + key;
  }

  @Override
  public String toString() {
    return place
        + " "
        + marks.position()
        + " id "
        + marks.id()
        + " xid "
        + marks.xid()
        + ": "
        + kind
        + ' '
        + (fact == null ? table + ' ' + key : fact);
  }
}
