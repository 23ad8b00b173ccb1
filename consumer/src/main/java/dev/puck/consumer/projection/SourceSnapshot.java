package dev.puck.consumer.projection;

import dev.puck.event.Snapshot;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * What the source database showed at a moment: tells of an event whether a truth that was read then
 * has it already.
 *
 * @param snapshot what was visible
 * @param takenMicros when it was taken, by the source's clock, in microseconds since 1970
 */
public record SourceSnapshot(Snapshot snapshot, long takenMicros) {
  /**
   * How far the clocks that stamp events may be apart. Behind it no event is thought to be seen: so
   * a snapshot that is kept for long does no harm to a database that was restored meanwhile and
   * gives out the same transaction ids again.
   */
  public static final long CLOCKS_APART_MICROS = TimeUnit.MINUTES.toMicros(1);

  /**
   * Whether the snapshot saw the event's transaction. False where the event does not tell its
   * transaction, as those by {@code NOTIFY}, and starting rows.
   */
  public boolean sees(IncomingEvent event) {
    return sees(event.xid(), event.committedMicros());
  }

  /**
   * Whether the snapshot has an event that was set aside before. Where it does not tell its
   * transaction, only the time is known: as exact as the clocks are that stamp events.
   */
  public boolean covers(IncomingEvent event) {
    if (event.xid().isPresent()) {
      return sees(event);
    }
    long micros =
        event.committedMicros().orElse(TimeUnit.MILLISECONDS.toMicros(event.record().timestamp()));
    return micros <= takenMicros;
  }

  /**
   * As {@link #sees}, of an event of which only this was kept.
   *
   * @param committed when it was committed at the earliest, in microseconds since 1970
   */
  public boolean sees(OptionalLong xid, OptionalLong committed) {
    if (xid.isEmpty() || !snapshot.sees(xid.getAsLong())) {
      return false;
    }
    // No earlier than this was it committed, and whatever is seen was committed before.
    return committed.isEmpty() || committed.getAsLong() <= takenMicros + CLOCKS_APART_MICROS;
  }

  /** For example {@code 743:745:743@1767225600000123}. */
  public String text() {
    return snapshot.text() + "@" + takenMicros;
  }

  /**
   * The snapshot of {@link #text}.
   *
   * @throws IllegalArgumentException if it is no such text
   */
  public static SourceSnapshot parse(String text) {
    int at = text.indexOf('@');
    if (at < 0) {
      throw new IllegalArgumentException("'" + text + "' is not a snapshot with its time");
    }
    return new SourceSnapshot(
        Snapshot.parse(text.substring(0, at)), Long.parseLong(text.substring(at + 1)));
  }
}
