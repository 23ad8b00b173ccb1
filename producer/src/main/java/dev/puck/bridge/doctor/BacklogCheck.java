package dev.puck.bridge.doctor;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.schema.SchemaRepository;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;

/**
 * Somebody reads the outbox, and it stays small. How far it was read is only known in Kafka, so
 * what counts is whether a bridge is connected, and how old and how much the rows are.
 */
final class BacklogCheck implements Check<Connection> {
  private static final Duration OLD = Duration.ofMinutes(5);
  private static final long LARGE_BYTES = 1L << 30;

  /** By the index, so that it costs the same however many rows there are. */
  private static final String BACKLOG =
      """
      select coalesce(pg_catalog.sum(pg_catalog.pg_total_relation_size(t.oid)), 0) as bytes,
             coalesce(extract(epoch from pg_catalog.clock_timestamp() - least(
               (select at from puck.outbox_0 order by xid limit 1),
               (select at from puck.outbox_1 order by xid limit 1),
               (select at from puck.outbox_2 order by xid limit 1))), -1)::bigint as oldest_seconds
        from unnest(array['puck.outbox_0', 'puck.outbox_1', 'puck.outbox_2']::regclass[])
               as t (oid)
      """;

  private final BridgeConfig config;

  BacklogCheck(BridgeConfig config) {
    this.config = config;
  }

  @Override
  public String name() {
    return "backlog";
  }

  @Override
  public void look(Connection connection, Findings findings) throws SQLException {
    Backlog backlog =
        Query.one(
            connection,
            BACKLOG,
            row -> new Backlog(row.getLong("bytes"), row.getLong("oldest_seconds")));
    List<String> bridges = new SchemaRepository(connection).bridges();
    judge(backlog, config.source() == SourceType.OUTBOX && !bridges.isEmpty(), findings);
  }

  static void judge(Backlog backlog, boolean isRead, Findings findings) {
    findings.saw(backlog.toString());
    if (!isRead && backlog.oldestSeconds > OLD.toSeconds()) {
      findings.problem(
          "Nobody reads the outbox: no bridge with source outbox is connected, and it holds "
              + backlog
              + ".",
          "puck bridge; or, if none shall be: puck unwatch TABLE, or puck uninstall");
    } else if (isRead && backlog.bytes > LARGE_BYTES) {
      findings.note(
          "The outbox is large: it holds " + backlog + ".",
          "See what the bridge says of itself at /status and in its log.");
    }
  }

  /**
   * What the outbox holds.
   *
   * @param bytes on disk, with indexes
   * @param oldestSeconds the age of its oldest row; -1 without any
   */
  record Backlog(long bytes, long oldestSeconds) {
    @Override
    public String toString() {
      return oldestSeconds < 0
          ? "no rows"
          : "%s MB, the oldest row of %s ago"
              .formatted(
                  Numbers.text(bytes / 1e6, 1), Numbers.rough(Duration.ofSeconds(oldestSeconds)));
    }
  }
}
