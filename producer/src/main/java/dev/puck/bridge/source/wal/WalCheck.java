package dev.puck.bridge.source.wal;

import dev.puck.bridge.source.Lineage;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.Query;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Sees that the WAL may be read, and that nothing of it is missing. Changes nothing. */
public final class WalCheck {
  private static final String INIT = " Run: puck init --source wal";
  private static final String BEGIN_ANEW =
      " Begin anew: puck init --source wal, then puck checkpoint reset --from earliest; or set"
          + " bridge.wal.on-gap to resync, which publishes a gap and goes on with a new slot.";

  private final PostgresConfig config;
  private final String slot;
  private final String publication;

  /**
   * @param config what the connections are of
   */
  public WalCheck(PostgresConfig config, String slot, String publication) {
    this.config = config;
    this.slot = slot;
    this.publication = publication;
  }

  /** That the server can decode, and knows what to publish. */
  void requireServer(Connection connection) throws SQLException {
    if (ask(connection, "select pg_is_in_recovery()").equals("t")) {
      throw new TransientException(
          "PostgreSQL at "
              + config.address()
              + " is a standby. Point bridge.postgres.url at the primary, or wait for the"
              + " promotion.");
    }
    requireLogical(connection);
    if (ask(
            connection,
            "select exists (select from pg_catalog.pg_publication where pubname = ?)",
            publication)
        .equals("f")) {
      throw new ConfigException(
          "There is no publication '" + publication + "' in " + config.address() + "." + INIT);
    }
  }

  /**
   * That the server writes what decoding needs.
   *
   * @throws ConfigException if it does not
   */
  public void requireLogical(Connection connection) throws SQLException {
    String level = ask(connection, "select pg_catalog.current_setting('wal_level')");
    if (!level.equals("logical")) {
      throw new ConfigException(
          "wal_level is '"
              + level
              + "' on "
              + config.address()
              + "; logical decoding needs 'logical'. Set wal_level = logical and restart"
              + " PostgreSQL; or set bridge.source to outbox, which needs no such thing.");
    }
  }

  /**
   * That it is a slot of the kind that we read.
   *
   * @throws ConfigException if it is another one
   */
  public void requireUsable(SlotState found) {
    String name = "Slot '" + slot + "' at " + config.address();
    if (!"pgoutput".equals(found.plugin())) {
      throw new ConfigException(
          name
              + (found.plugin() == null
                  ? " is a physical one"
                  : " has the output plugin '" + found.plugin() + "'")
              + "; Puck reads pgoutput. Name another slot as bridge.wal.slot, and run: puck init"
              + " --source wal");
    }
    if (!config.database().equals(found.database())) {
      throw new ConfigException(
          name
              + " is of the database '"
              + found.database()
              + "', and the bridge reads '"
              + config.database()
              + "'. Name another slot as bridge.wal.slot, and run: puck init --source wal");
    }
    if (found.twoPhase()) {
      throw new ConfigException(
          name
              + " sends transactions when they are prepared (two_phase); Puck relays what is"
              + " committed. Name another slot as bridge.wal.slot, and run: puck init --source"
              + " wal");
    }
  }

  /**
   * What of the WAL is missing, in words; empty if nothing is.
   *
   * @param found null: there is no slot
   * @param from where the bridge came to before; null: this is its first time
   * @throws ConfigException if there is nothing that could be missing, and no slot either
   */
  Optional<String> missing(@Nullable SlotState found, @Nullable WalPosition from, WalRules rules) {
    if (found == null) {
      if (from == null) {
        throw new ConfigException(
            "There is no replication slot '" + slot + "' at " + config.address() + "." + INIT);
      }
      return Optional.of("slot '" + slot + "' is gone, and with it the WAL since " + from.place());
    }
    if (found.isLost()) {
      return Optional.of(
          "slot '"
              + slot
              + "' is lost ("
              + (found.invalidation() == null ? "wal_status lost" : found.invalidation())
              + "): PostgreSQL has removed the WAL that it needs");
    }
    if (from != null && rules.isAhead(found.confirmed(), from.place().lsn())) {
      return Optional.of(
          "slot '"
              + slot
              + "' is ahead of the checkpoint: it was confirmed up to "
              + Lsn.text(found.confirmed())
              + ", the checkpoint is at "
              + from.place()
              + " (the slot was made anew, or somebody else read it)");
    }
    return Optional.empty();
  }

  /** That changes are lost, and what to do. */
  ConfigException lost(String what) {
    return new ConfigException(
        "Changes in " + config.address() + " are lost: " + what + "." + BEGIN_ANEW);
  }

  /** That the WAL has not become shorter since. */
  void requireReached(WalPosition from, long flushed) {
    if (Lsn.isBefore(flushed, from.place().lsn())) {
      throw new ConfigException(
          "The WAL of "
              + config.address()
              + " ends at "
              + Lsn.text(flushed)
              + ", before "
              + from.place()
              + " of the checkpoint: it was restored to an earlier state."
              + Lineage.WAYS_OUT);
    }
  }

  private static String ask(Connection connection, String sql, String... arguments)
      throws SQLException {
    return Query.one(connection, sql, row -> row.getString(1), arguments);
  }
}
