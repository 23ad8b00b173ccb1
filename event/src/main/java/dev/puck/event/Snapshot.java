package dev.puck.event;

import java.util.Arrays;

/**
 * A snapshot of PostgreSQL's, {@code pg_snapshot}: it sees the transactions below {@code xmax} that
 * are not among those in progress. Whoever holds it must not change the array.
 *
 * @param xmax the first transaction id that was not given out yet
 * @param inProgress those below that had not ended, ascending
 * @see <a href="https://www.postgresql.org/docs/current/functions-info.html">functions-info</a>
 */
@SuppressWarnings("ArrayRecordComponent") // Long lists of numbers, compared by their text.
public record Snapshot(long xmax, long[] inProgress) {
  /** Sees nothing. */
  public static final Snapshot NOTHING = new Snapshot(0, new long[0]);

  /** Checks that those in progress were given out. */
  public Snapshot {
    if (xmax < 0 || (inProgress.length > 0 && inProgress[inProgress.length - 1] >= xmax)) {
      throw new IllegalArgumentException(
          "xmax is " + xmax + ", but in progress are " + Arrays.toString(inProgress));
    }
  }

  /**
   * The snapshot of PostgreSQL's text, {@code xmin:xmax:xip,…}. That of a slot's beginning may have
   * an xmin above its xmax, and sees what is below either.
   *
   * @throws IllegalArgumentException if it is not such a text
   */
  public static Snapshot parse(String text) {
    String[] parts = text.split(":", -1);
    if (parts.length != 3) {
      throw new IllegalArgumentException("'" + text + "' is not a snapshot");
    }
    long[] inProgress =
        parts[2].isEmpty()
            ? new long[0]
            : Arrays.stream(parts[2].split(",")).mapToLong(Long::parseLong).sorted().toArray();
    long xmin = Long.parseUnsignedLong(parts[0]);
    return new Snapshot(Math.max(xmin, Long.parseUnsignedLong(parts[1])), inProgress);
  }

  /** Whether it sees what that transaction did, if that committed. */
  public boolean sees(long xid) {
    return xid < xmax && Arrays.binarySearch(inProgress, xid) < 0;
  }

  /** The first transaction id that was in progress or not given out yet. */
  public long xmin() {
    return inProgress.length == 0 ? xmax : inProgress[0];
  }

  /** The same below a lower {@code xmax}; itself if that is no lower. */
  public Snapshot cappedAt(long cap) {
    if (cap >= xmax) {
      return this;
    }
    long[] below = Arrays.stream(inProgress).filter(xid -> xid < cap).toArray();
    return new Snapshot(cap, below);
  }

  /** As PostgreSQL spells it. */
  public String text() {
    StringBuilder text = new StringBuilder().append(Math.max(xmin(), 1)).append(':');
    text.append(Math.max(xmax, 1)).append(':');
    for (int i = 0; i < inProgress.length; i++) {
      text.append(i == 0 ? "" : ",").append(inProgress[i]);
    }
    return text.toString();
  }

  @Override
  public String toString() {
    return text();
  }
}
