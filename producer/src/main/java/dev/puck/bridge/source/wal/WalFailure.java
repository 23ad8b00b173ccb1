package dev.puck.bridge.source.wal;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.PostgresFailure;
import java.sql.SQLException;

/** Tells what only an operator can mend from what passes. */
final class WalFailure {
  private static final String NOT_PERMITTED = "42501";
  private static final String UNDEFINED_OBJECT = "42704";
  private static final String IN_USE = "55006";

  private WalFailure() {}

  static RuntimeException of(PostgresConfig config, String doing, SQLException e) {
    return switch (PostgresFailure.stateOf(e)) {
      case NOT_PERMITTED ->
          new ConfigException(
              "PostgreSQL at "
                  + config.address()
                  + " does not let the bridge go on while "
                  + doing
                  + " ("
                  + PostgresFailure.sentence(e)
                  + ") Its role needs: alter role … replication",
              e);
      case UNDEFINED_OBJECT ->
          new ConfigException(
              "PostgreSQL at "
                  + config.address()
                  + " failed while "
                  + doing
                  + " ("
                  + PostgresFailure.sentence(e)
                  + ") A publication must be there before the changes that it publishes: what was"
                  + " written before cannot be decoded. Begin anew: drop the slot, then run puck"
                  + " init --source wal and puck checkpoint reset --from earliest",
              e);
      default -> PostgresFailure.working(config, doing, e);
    };
  }

  /** Whether somebody else reads the slot. */
  static boolean isInUse(SQLException e) {
    return PostgresFailure.stateOf(e).equals(IN_USE);
  }
}
