package dev.puck.lab.proof.consumer.judge;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * What one reader was told of one key, one after the other, without repetitions. Used by one thread
 * at a time.
 */
final class Line {
  private final String reader;
  private final String row;
  private final boolean remembers;
  private @Nullable String version;
  private long[] eids = new long[16];
  private int count;
  private long back;
  private @Nullable String example;

  /**
   * @param reader who reads
   * @param row the table and the key, as {@code Fact.line} has it
   * @param remembers whether what is gone has a version, too
   */
  Line(String reader, String row, boolean remembers) {
    this.reader = reader;
    this.row = row;
    this.remembers = remembers;
  }

  /** The next that it was told. */
  void add(Seen seen) {
    @Nullable String told = seen.version();
    if (version != null && (told == null ? remembers : told.compareTo(version) < 0)) {
      back++;
      example = example == null ? this + " from " + version + " to " + seen : example;
    }
    version = told == null ? version : told;
    long eid = seen.eid();
    if (count == 0 || eids[count - 1] != eid) {
      eids = count == eids.length ? Arrays.copyOf(eids, 2 * count) : eids;
      eids[count++] = eid;
    }
  }

  String row() {
    return row;
  }

  /** The numbers of the events that it was told of. */
  long[] eids() {
    return Arrays.copyOf(eids, count);
  }

  /** How often the version went back. */
  long back() {
    return back;
  }

  /** The first time that it did. */
  @Nullable String example() {
    return example;
  }

  @Override
  public String toString() {
    return reader + " " + row;
  }
}
