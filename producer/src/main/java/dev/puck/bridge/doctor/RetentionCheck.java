package dev.puck.bridge.doctor;

import dev.puck.bridge.source.wal.SlotState;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** How much WAL the slot keeps, and for how long that can go on at the rate of this moment. */
final class RetentionCheck implements Check<Connection> {
  private static final Duration SAMPLE = Duration.ofSeconds(1);
  private static final Duration SHORT = Duration.ofHours(1);
  private static final long LARGE_BYTES = 1L << 30;

  private static final String POSITION =
      """
      select pg_wal_lsn_diff(
               case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
                    else pg_current_wal_lsn() end, '0/0')::bigint
      """;

  private final String slot;

  RetentionCheck(String slot) {
    this.slot = slot;
  }

  @Override
  public String name() {
    return "retention";
  }

  @Override
  public void look(Connection connection, Findings findings)
      throws SQLException, InterruptedException {
    Optional<SlotState> found = SlotState.find(connection, slot);
    if (found.isEmpty() || found.get().isLost()) {
      findings.saw("no slot of use");
      return;
    }
    SlotState state = found.get();
    judge(
        new Retention(
            state.retainedBytes(),
            state.safeBytes(),
            bytesPerSecond(connection),
            state.activePid() != 0),
        slot,
        findings);
  }

  static void judge(Retention retention, String slot, Findings findings) {
    findings.saw(retention.toString());
    @Nullable Duration left = retention.left();
    String unread = retention.isRead ? "" : " Nobody reads it.";
    if (left != null && left.compareTo(SHORT) < 0) {
      findings.problem(
          "Slot '" + slot + "' keeps " + retention + ": after that it is lost." + unread,
          "Start the bridge, or see at /status what holds it; or raise max_slot_wal_keep_size");
    } else if (retention.bytes > LARGE_BYTES) {
      findings.note(
          "Slot '" + slot + "' keeps " + retention + "." + unread,
          retention.isRead
              ? "See what the bridge says of itself at /status and in its log."
              : "puck bridge; or, if none shall be: select pg_drop_replication_slot('"
                  + slot
                  + "')");
    } else if (retention.safeBytes == null) {
      findings.note(
          "PostgreSQL keeps WAL for slot '"
              + slot
              + "' without limit while nobody reads it, until"
              + " the disk is full.",
          "alter system set max_slot_wal_keep_size = '50GB', by what the disk has; then reload");
    }
  }

  private static double bytesPerSecond(Connection connection)
      throws SQLException, InterruptedException {
    long before = position(connection);
    long begun = System.nanoTime();
    Thread.sleep(SAMPLE.toMillis());
    long written = position(connection) - before;
    return written / ((System.nanoTime() - begun) / (double) TimeUnit.SECONDS.toNanos(1));
  }

  private static long position(Connection connection) throws SQLException {
    return Query.one(connection, POSITION, row -> row.getLong(1));
  }

  /**
   * What a slot keeps.
   *
   * @param safeBytes that may be written before it is lost; null: without limit
   * @param bytesPerSecond that are written at this moment
   */
  record Retention(long bytes, @Nullable Long safeBytes, double bytesPerSecond, boolean isRead) {
    private static final Duration LONGEST = Duration.ofDays(3_650);

    /** Until it is lost, if nobody reads it from now on; null: never, or not to be told. */
    @Nullable Duration left() {
      if (safeBytes == null || bytesPerSecond < 1) {
        return null;
      }
      double seconds = Math.max(0, safeBytes) / bytesPerSecond;
      return seconds > LONGEST.toSeconds() ? LONGEST : Duration.ofSeconds((long) seconds);
    }

    @Override
    public String toString() {
      String rate = Numbers.text(bytesPerSecond / 1e6, 2) + " MB/s are written";
      @Nullable Duration left = left();
      String room =
          safeBytes == null
              ? "without limit, "
                  + Numbers.text(bytesPerSecond * Duration.ofDays(1).toSeconds() / 1e9, 1)
                  + " GB a day"
              : Numbers.text(safeBytes / 1e6, 1)
                  + " MB left"
                  + (left == null ? "" : ", which is " + Numbers.rough(left) + " of it");
      return Numbers.text(bytes / 1e6, 1) + " MB of WAL; " + rate + ", " + room;
    }
  }
}
