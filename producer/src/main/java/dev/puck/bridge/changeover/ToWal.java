package dev.puck.bridge.changeover;

import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.schema.WatchedTable;
import dev.puck.bridge.source.Boundary;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.Remainder;
import dev.puck.bridge.source.outbox.OutboxAdministration;
import dev.puck.bridge.source.outbox.OutboxRemainder;
import dev.puck.bridge.source.wal.WalAdministration;
import dev.puck.bridge.source.wal.WalInstaller;
import dev.puck.service.connection.PostgresFailure;
import java.sql.SQLException;
import java.util.List;

/** From the outbox to a slot, which is made anew. */
public final class ToWal implements Changeover {
  private final Sources sources;
  private final boolean full;

  /**
   * @param full whether tables without a key may be given {@code REPLICA IDENTITY FULL}
   */
  public ToWal(Sources sources, boolean full) {
    this.sources = sources;
    this.full = full;
  }

  @Override
  public SourceType from() {
    return SourceType.OUTBOX;
  }

  @Override
  public SourceType to() {
    return SourceType.WAL;
  }

  @Override
  public void require(Position at) throws SQLException {
    sources.requireOwner();
    new ToWalCheck(sources).require(at);
    installer().requirePublishable(watched(), full);
  }

  /** The publication first: the WAL has nothing of what was changed before a table was in it. */
  @Override
  public void capture() throws SQLException {
    installer().publish(watched(), full).forEach(sources::say);
    sources.schema().publishTo("both");
    sources.say("puck.publish(…) writes to the outbox and to the WAL.");
  }

  @Override
  public void settle() throws SQLException, InterruptedException {
    sources.running().awaitPresent();
  }

  /** A slot that is there was not read by the bridge, whose checkpoint is of the outbox. */
  @Override
  public Boundary boundary() throws SQLException, InterruptedException {
    try (WalAdministration wal = sources.openWal()) {
      wal.dropSlot();
    }
    return sources.make(slot -> slot.make(sources.slot()));
  }

  @Override
  public Remainder remainder(Position from, Boundary until) {
    return OutboxRemainder.open(
        sources.bridge(),
        sources.config().outbox(),
        sources.owner(),
        sources.config().topics().tellsTransactions(),
        from,
        until.snapshot());
  }

  /** The rows that watched tables had were relayed from the outbox. */
  @Override
  public Position beginning(Position from, Boundary boundary) {
    try (OutboxAdministration outbox = sources.openOutbox();
        WalAdministration wal = sources.openWal()) {
      return wal.after(boundary, outbox.watchedTables());
    }
  }

  @Override
  public void complete() throws SQLException {
    try (OutboxAdministration outbox = sources.openOutbox()) {
      outbox.requireReadable();
    }
    sources.schema().publishTo("wal");
    sources.say("puck.publish(…) writes to the WAL.");
    for (WatchedTable table : sources.watches().list()) {
      unwatch(table);
    }
  }

  /** One that others use all the time costs them a little until it is unwatched. */
  private void unwatch(WatchedTable table) {
    try {
      sources.watches().unwatch(table.relation());
      sources.say("Table " + table.name() + " is not watched any more.");
    } catch (SQLException e) {
      sources.say(
          "Table "
              + table.name()
              + " is still watched, for nothing ("
              + PostgresFailure.sentence(e)
              + ") Run: puck unwatch "
              + table.name());
    }
  }

  /** As SQL spells them. */
  private List<String> watched() throws SQLException {
    return sources.watches().list().stream()
        .filter(WatchedTable::exists)
        .map(WatchedTable::name)
        .toList();
  }

  private WalInstaller installer() {
    return new WalInstaller(
        sources.connection(),
        sources.bridge().config(),
        sources.slot(),
        sources.config().wal().publication());
  }
}
