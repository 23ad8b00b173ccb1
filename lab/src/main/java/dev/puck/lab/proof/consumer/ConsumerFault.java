package dev.puck.lab.proof.consumer;

import dev.puck.lab.proof.consumer.process.Point;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * One fault.
 *
 * @param kind what happens
 * @param place the process that it happens to, if to one
 * @param projection the one whose batches count, where there is a point
 * @param passes of the point: the last of so many
 * @param delayMillis before it, or how long a server stays away
 * @param overlaps whether the next may come before this is overcome
 */
record ConsumerFault(
    Kind kind, int place, String projection, int passes, int delayMillis, boolean overlaps) {
  /** What can happen. */
  enum Kind {
    /** A process is killed, wherever it is. */
    AT_RANDOM(null, true),
    /** It dies with events that it has read. */
    AT_READ(Point.READ, true),
    /** It dies between a cache's entries and its offsets. */
    AT_WRITTEN(Point.WRITTEN, true),
    /** It dies right after a batch. */
    AT_APPLIED(Point.APPLIED, true),
    /** It stands still with events that it has read, until others have taken over. */
    FREEZE(Point.READ, false),
    /** Redis is killed. */
    REDIS(null, true),
    /** Redis forgets everything. */
    REDIS_FLUSH(null, false),
    /** The downstream database is killed. */
    POSTGRES(null, true),
    /** The downstream database ends all sessions. */
    SESSIONS(null, false);

    private final @Nullable Point point;
    private final boolean kills;

    Kind(@Nullable Point point, boolean kills) {
      this.point = point;
      this.kills = kills;
    }

    /** Where it happens; null: anywhere. */
    @Nullable Point point() {
      return point;
    }

    /** Whether something is killed. */
    boolean kills() {
      return kills;
    }

    /** Its name in the report. */
    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /** The same, of another kind. */
  ConsumerFault as(Kind other) {
    return new ConsumerFault(other, place, projection, passes, delayMillis, overlaps);
  }
}
