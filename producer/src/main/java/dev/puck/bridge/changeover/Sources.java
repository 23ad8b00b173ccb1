package dev.puck.bridge.changeover;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.schema.SchemaOwner;
import dev.puck.bridge.schema.SchemaRepository;
import dev.puck.bridge.schema.WatchRepository;
import dev.puck.bridge.source.Boundary;
import dev.puck.bridge.source.outbox.OutboxAdministration;
import dev.puck.bridge.source.outbox.OutboxOwner;
import dev.puck.bridge.source.wal.BoundarySlot;
import dev.puck.bridge.source.wal.WalAdministration;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problem;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;

/**
 * The two durable sources of one bridge's database, and what is known of them.
 *
 * @param config the bridge's, whatever source it names
 * @param owner whose the outbox is to be
 * @param bridge connects as the bridge, under a name of our own
 * @param connection of the outbox's owner, in auto-commit mode; stays the caller's
 * @param progress hears what is done
 */
public record Sources(
    BridgeConfig config,
    OutboxOwner owner,
    Postgres bridge,
    Connection connection,
    SwitchProgress progress) {
  private static final Duration TELL = Duration.ofMillis(500);

  OutboxAdministration openOutbox() {
    return OutboxAdministration.open(bridge, owner);
  }

  WalAdministration openWal() {
    return WalAdministration.open(bridge, config.wal(), slot());
  }

  String slot() {
    return config.wal().slotOf(config.name());
  }

  Optional<Publication> publication() throws SQLException {
    return Publication.find(connection, config.wal().publication());
  }

  SchemaRepository schema() {
    return new SchemaRepository(connection);
  }

  WatchRepository watches() {
    return new WatchRepository(connection);
  }

  RunningTransactions running() {
    return new RunningTransactions(connection, progress);
  }

  void say(String what) {
    progress.said(what);
  }

  /**
   * Sees that the connection's role may say what is captured.
   *
   * @throws ConfigException if it may not
   */
  void requireOwner() throws SQLException {
    String address = bridge.config().address();
    SchemaOwner schema =
        schema()
            .owner()
            .orElseThrow(
                () ->
                    new ConfigException(
                        "The schema puck is not installed in " + address + ". Run: puck init"));
    if (!schema.isUser()) {
      throw new ConfigException(
          "The schema puck in %s belongs to role %s, whose rights %s does not have. Add: --user %s"
              .formatted(address, schema.name(), schema().user().name(), schema.name()));
    }
  }

  /** What is wrong with the capture of watched tables. */
  List<Problem> captureProblems() throws SQLException {
    return watches().findings().stream()
        .map(
            finding ->
                new Problem(
                    "",
                    "Table %s is not captured as it should be: %s. To mend it: %s"
                        .formatted(finding.table(), finding.problem(), finding.fix())))
        .toList();
  }

  /** Whether there is no room for one more slot. */
  boolean isFullOfSlots() throws SQLException {
    return Query.one(
        connection,
        "select count(*) filter (where slot_name <> ?) >= current_setting('max_replication_slots')"
            + "::integer from pg_catalog.pg_replication_slots",
        row -> row.getBoolean(1),
        slot());
  }

  /**
   * Makes a slot, and says meanwhile what that waits for.
   *
   * @param make with a slot that can be made
   */
  Boundary make(Function<BoundarySlot, Boundary> make) throws SQLException, InterruptedException {
    Boundary boundary;
    try (BoundarySlot slot = BoundarySlot.connect(bridge)) {
      FutureTask<Boundary> making = new FutureTask<>(() -> make.apply(slot));
      Thread thread = new Thread(making, "slot-" + slot());
      thread.setDaemon(true);
      thread.start();
      boundary = await(making);
    }
    running().awaitVisible(boundary.snapshot());
    return boundary;
  }

  private Boundary await(FutureTask<Boundary> making) throws SQLException, InterruptedException {
    while (true) {
      try {
        return making.get(TELL.toMillis(), TimeUnit.MILLISECONDS);
      } catch (TimeoutException e) {
        running().tellThoseThatWrite();
      } catch (ExecutionException e) {
        if (e.getCause() instanceof RuntimeException failure) {
          throw failure;
        }
        throw new IllegalStateException("Making the slot ended by a fault", e);
      }
    }
  }
}
