package dev.puck.bridge.source.wal;

import dev.puck.bridge.config.OnGap;
import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.source.Gap;
import dev.puck.bridge.source.SourceListener;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Connects to a slot, having seen that nothing is missing between it and a position. */
final class WalOpening {
  private static final Logger LOGGER = LoggerFactory.getLogger(WalOpening.class);
  private static final long PREDECESSOR_NANOS = Duration.ofSeconds(5).toNanos();
  private static final Duration PAUSE = Duration.ofMillis(100);

  private final Postgres postgres;
  private final WalConfig config;
  private final String slot;
  private final boolean areEndsTold;
  private final WalRules rules;
  private final Milestones milestones;
  private final SourceListener listener;
  private final WalCheck check;

  WalOpening(
      Postgres postgres,
      WalConfig config,
      String slot,
      boolean areEndsTold,
      WalRules rules,
      Milestones milestones,
      SourceListener listener) {
    this.postgres = postgres;
    this.config = config;
    this.slot = slot;
    this.areEndsTold = areEndsTold;
    this.rules = rules;
    this.milestones = milestones;
    this.listener = listener;
    this.check = new WalCheck(postgres.config(), slot, config.publication());
  }

  /**
   * A session that reads.
   *
   * @param from where it reads
   * @param gap between where it was to begin and there; null: none
   */
  record Opened(WalSession session, WalPosition from, @Nullable Gap gap) {}

  /**
   * Connects.
   *
   * @param from where the bridge came to before; null: this is its first time
   * @throws dev.puck.service.config.ConfigException if only an operator can help
   */
  Opened open(@Nullable WalPosition from) throws SQLException {
    Connection catalog = postgres.connect();
    try {
      return open(catalog, from);
    } catch (SQLException | RuntimeException e) {
      closeAfter(e, catalog::close);
      throw e;
    }
  }

  private Opened open(Connection catalog, @Nullable WalPosition from) throws SQLException {
    check.requireServer(catalog);
    WalStream stream = WalStream.connect(postgres);
    try {
      Begin begin = begin(catalog, stream.identify(), from);
      stream = started(stream, catalog, begin.at.place().lsn());
      return new Opened(session(catalog, stream, begin.at), begin.at, begin.gap);
    } catch (SQLException | RuntimeException e) {
      closeAfter(e, stream::close);
      throw e;
    }
  }

  private WalSession session(Connection catalog, WalStream stream, WalPosition at)
      throws SQLException {
    ChangeWriter writer = new ChangeWriter(new TableMappings(catalog), listener);
    String system = at.database().system();
    @Nullable StartingRows starting =
        config.startingState()
            ? new StartingRows(
                catalog, postgres, config.publication(), system, writer, listener, milestones)
            : null;
    TransactionIds ids = new TransactionIds(nextXid(catalog));
    Transactions transactions =
        new Transactions(
            writer, ids, at, rules.until(), config.nonTransactionalMessages(), areEndsTold);
    return new WalSession(catalog, stream, transactions, slot, starting, listener);
  }

  private static long nextXid(Connection catalog) throws SQLException {
    return Query.one(
        catalog,
        "select pg_snapshot_xmax(pg_current_snapshot())::text::bigint",
        row -> row.getLong(1));
  }

  private record Begin(WalPosition at, @Nullable Gap gap) {}

  private Begin begin(Connection catalog, WalStream.Identity now, @Nullable WalPosition from)
      throws SQLException {
    if (from != null) {
      from.database().requireContinuedBy(now.database(), config.losslessFailover());
      check.requireReached(from, now.flushed());
    }
    @Nullable SlotState found = SlotState.find(catalog, slot).orElse(null);
    Optional<String> missing = check.missing(found, from, rules);
    if (missing.isPresent()) {
      return afterGap(catalog, now.database(), missing.get(), from);
    }
    if (found != null) {
      check.requireUsable(found);
    }
    if (from != null) {
      return new Begin(from.in(now.database()), null);
    }
    long confirmed = found == null ? 0 : found.confirmed();
    return new Begin(WalPosition.beginning(confirmed, now.database()), null);
  }

  /** A new slot in the place of the one that does not have what is needed. */
  private Begin afterGap(
      Connection catalog, WalDatabase database, String what, @Nullable WalPosition from)
      throws SQLException {
    if (config.onGap() == OnGap.STOP) {
      throw check.lost(what);
    }
    LOGGER.atWarn().addKeyValue("slot", slot).addKeyValue("error", what).log("Changes are lost");
    WalSlot fresh = new WalSlot(catalog, slot);
    fresh.drop();
    long begin = fresh.create();
    WalPosition at = WalPosition.beginning(begin, database);
    Gap gap = new Gap(from == null ? at.through() : from.through(), at.through(), what);
    return new Begin(at, gap);
  }

  /** Whoever leads may end its predecessor's session, which PostgreSQL may keep for a while. */
  private WalStream started(WalStream first, Connection catalog, long lsn) throws SQLException {
    long deadline = System.nanoTime() + PREDECESSOR_NANOS;
    WalStream stream = first;
    while (true) {
      try {
        stream.start(slot, config.publication(), lsn);
        return stream;
      } catch (SQLException e) {
        if (!WalFailure.isInUse(e) || System.nanoTime() - deadline >= 0) {
          throw e;
        }
        new WalSlot(catalog, slot).evict(postgres.applicationName());
        pause();
      }
    }
  }

  private static void pause() throws SQLException {
    try {
      Thread.sleep(PAUSE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new SQLException("Interrupted while waiting for the slot", "57014", e);
    }
  }

  private interface Closing {
    void close() throws SQLException;
  }

  private static void closeAfter(Exception failure, Closing connection) {
    try {
      connection.close();
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
