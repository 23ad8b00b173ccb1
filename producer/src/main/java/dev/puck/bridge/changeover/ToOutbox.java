package dev.puck.bridge.changeover;

import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.schema.WatchOptions;
import dev.puck.bridge.source.Boundary;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.Remainder;
import dev.puck.bridge.source.outbox.OutboxAdministration;
import dev.puck.bridge.source.wal.SlotState;
import dev.puck.bridge.source.wal.WalAdministration;
import dev.puck.bridge.source.wal.WalRemainder;
import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;

/** From a slot, which is dropped in the end, to the outbox. */
public final class ToOutbox implements Changeover {
  /** PostgreSQL allows so many bytes. */
  private static final int MAX_NAME = 63;

  private static final String TEMPORARY = "_until";

  private final Sources sources;

  public ToOutbox(Sources sources) {
    this.sources = sources;
  }

  @Override
  public SourceType from() {
    return SourceType.WAL;
  }

  @Override
  public SourceType to() {
    return SourceType.OUTBOX;
  }

  @Override
  public void require(Position at) throws SQLException {
    sources.requireOwner();
    new ToOutboxCheck(sources).require(at);
  }

  @Override
  public void capture() throws SQLException {
    for (Publication.Table table : ToOutboxCheck.uncaptured(sources)) {
      sources.watches().watch(table.oid(), WatchOptions.NONE);
      sources.say("Table " + table.name() + " is watched.");
    }
    sources.schema().publishTo("both");
    sources.say("puck.publish(…) writes to the WAL and to the outbox.");
  }

  @Override
  public void settle() throws SQLException, InterruptedException {
    sources.running().awaitPresent();
  }

  @Override
  public Boundary boundary() throws SQLException, InterruptedException {
    String slot = sources.slot();
    String name =
        slot.substring(0, Math.min(slot.length(), MAX_NAME - TEMPORARY.length())) + TEMPORARY;
    return sources.make(made -> made.makeTemporary(name));
  }

  @Override
  public Remainder remainder(Position from, Boundary until) {
    return WalRemainder.open(
        sources.bridge(),
        sources.config().wal(),
        sources.slot(),
        sources.config().topics().tellsTransactions(),
        from,
        until);
  }

  /** Of tables that were published, the rows were relayed from the WAL. */
  @Override
  public Position beginning(Position from, Boundary boundary) {
    try (OutboxAdministration outbox = sources.openOutbox();
        WalAdministration wal = sources.openWal()) {
      outbox.own();
      Set<Long> complete = new HashSet<>(wal.complete(from));
      if (!sources.config().wal().startingState()) {
        complete.addAll(wal.publishedTables());
      }
      return outbox.after(boundary.snapshot(), complete);
    }
  }

  /** The slot goes last: without it all is done. */
  @Override
  public void complete() throws SQLException {
    if (SlotState.find(sources.connection(), sources.slot()).isEmpty()) {
      return;
    }
    sources.schema().publishTo("outbox");
    sources.say("puck.publish(…) writes to the outbox.");
    try (WalAdministration wal = sources.openWal()) {
      wal.dropSlot();
    }
    sources.say(
        "Slot "
            + sources.slot()
            + " is dropped; publication "
            + sources.config().wal().publication()
            + " is kept.");
  }
}
