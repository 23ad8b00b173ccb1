package dev.puck.bridge.changeover;

import dev.puck.bridge.schema.WatchOptions;
import dev.puck.bridge.schema.WatchedTable;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.outbox.OutboxAdministration;
import dev.puck.bridge.source.wal.BoundarySlot;
import dev.puck.bridge.source.wal.SlotState;
import dev.puck.bridge.source.wal.WalCheck;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problem;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Sees that what the outbox captures can come from the WAL in the same way. */
final class ToWalCheck {
  private final Sources sources;
  private final List<Problem> problems = new ArrayList<>();

  ToWalCheck(Sources sources) {
    this.sources = sources;
  }

  /**
   * Sees all of it.
   *
   * @throws ConfigException with all that is wrong
   */
  void require(Position at) throws SQLException {
    requireServer();
    Set<Long> complete;
    try (OutboxAdministration outbox = sources.openOutbox()) {
      outbox.requireReadable();
      complete = outbox.complete(at);
    }
    problems.addAll(sources.captureProblems());
    Optional<Publication> publication = sources.publication();
    publication.ifPresent(this::checkPublication);
    for (WatchedTable table : sources.watches().list()) {
      checkTable(table, publication.flatMap(each -> each.table(table.relation())), complete);
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private void requireServer() throws SQLException {
    WalCheck check =
        new WalCheck(
            sources.bridge().config(), sources.slot(), sources.config().wal().publication());
    check.requireLogical(sources.connection());
    BoundarySlot.connect(sources.bridge()).close();
    Optional<SlotState> slot = SlotState.find(sources.connection(), sources.slot());
    if (slot.isPresent()) {
      check.requireUsable(slot.get());
    }
    if (sources.isFullOfSlots()) {
      add(
          "All slots that max_replication_slots allows are in use. Drop one that nobody needs, or"
              + " raise it and restart PostgreSQL.");
    }
  }

  private void checkPublication(Publication publication) {
    String name = sources.config().wal().publication();
    if (publication.allTables()) {
      add(
          "Publication %s is for all tables, and so for those of the outbox, whose rows would be"
              + " relayed, too. Name another one as bridge.wal.publication.",
          name);
    }
    if (!publication.complete()) {
      add(
          "Publication %s leaves some kinds of changes out. Run: alter publication \"%s\" set"
              + " (publish = 'insert, update, delete, truncate')",
          name, name);
    }
    if (!publication.viaRoot()) {
      add(
          "Publication %s names partitions, where the outbox names their root. Run: alter"
              + " publication \"%s\" set (publish_via_partition_root = true)",
          name, name);
    }
  }

  private void checkTable(
      WatchedTable table, Optional<Publication.Table> published, Set<Long> complete) {
    WatchOptions options = table.options();
    if (options.mask() != null) {
      add(
          "Table %s is watched with --mask, which a publication cannot do: what it hides would be"
              + " published. Stay with the outbox, or watch it without.",
          table.name());
    }
    if (options.generated()) {
      add(
          "Table %s is watched with --generated, and the WAL has no generated columns. Stay with"
              + " the outbox, or watch it without.",
          table.name());
    }
    boolean someColumns = options.columns() != null || !options.exclude().isEmpty();
    if (someColumns && !published.map(Publication.Table::someColumns).orElse(false)) {
      add(
          "Table %s is watched with some of its columns. Publish the same first: alter publication"
              + " \"%s\" add table %s (…)",
          table.name(), sources.config().wal().publication(), table.name());
    }
    if (options.filter() != null && !published.map(Publication.Table::someRows).orElse(false)) {
      add(
          "Table %s is watched with some of its rows (%s). Publish the same first: alter"
              + " publication \"%s\" add table %s where (…)",
          table.name(), options.filter(), sources.config().wal().publication(), table.name());
    }
    boolean isToStart = sources.config().outbox().startingState() && table.exists();
    if (isToStart && !complete.contains(table.relation())) {
      add(
          "The rows that table %s had when it was watched are not all relayed yet. Let the bridge"
              + " run until they are.",
          table.name());
    }
  }

  private void add(String format, Object... values) {
    problems.add(new Problem("", format.formatted(values)));
  }
}
