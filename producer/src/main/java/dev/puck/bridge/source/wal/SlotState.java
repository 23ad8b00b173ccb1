package dev.puck.bridge.source.wal;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A replication slot as PostgreSQL shows it.
 *
 * @param plugin null: a physical slot
 * @param database null: a physical slot
 * @param activePid the process that reads it; 0: nobody does
 * @param confirmed what comes before it is never sent again; 0: not known
 * @param walStatus such as {@code reserved} or {@code lost}
 * @param invalidation why it is of no more use; null: it is of use, or PostgreSQL does not say
 * @param retainedBytes of WAL that PostgreSQL keeps for it
 * @param safeBytes that may be written before it is lost; null: without limit
 * @param twoPhase whether it sends transactions when they are prepared
 */
public record SlotState(
    @Nullable String plugin,
    @Nullable String database,
    int activePid,
    long confirmed,
    String walStatus,
    @Nullable String invalidation,
    long retainedBytes,
    @Nullable Long safeBytes,
    boolean twoPhase) {
  /** Columns that newer versions have added are asked for by way of JSON. */
  private static final String QUERY =
      """
      select s.plugin, s.database, coalesce(s.active_pid, 0),
             coalesce(s.confirmed_flush_lsn, '0/0')::text, coalesce(s.wal_status, 'lost'),
             to_jsonb(s) ->> 'invalidation_reason',
             coalesce(pg_wal_lsn_diff(
               case when pg_is_in_recovery() then pg_last_wal_replay_lsn()
                    else pg_current_wal_lsn() end, s.restart_lsn), 0)::bigint,
             s.safe_wal_size, coalesce((to_jsonb(s) ->> 'two_phase')::boolean, false)
        from pg_catalog.pg_replication_slots as s
       where s.slot_name = ?
      """;

  /** The slot of that name. */
  public static Optional<SlotState> find(Connection connection, String name) throws SQLException {
    List<SlotState> found = Query.list(connection, QUERY, SlotState::read, name);
    return found.stream().findFirst();
  }

  /** Whether PostgreSQL has removed what it needs. */
  public boolean isLost() {
    return walStatus.equals("lost") || invalidation != null;
  }

  private static SlotState read(ResultSet row) throws SQLException {
    long safe = row.getLong(8);
    boolean limited = !row.wasNull();
    return new SlotState(
        row.getString(1),
        row.getString(2),
        row.getInt(3),
        Lsn.parse(row.getString(4)),
        row.getString(5),
        row.getString(6),
        row.getLong(7),
        limited ? safe : null,
        row.getBoolean(9));
  }
}
