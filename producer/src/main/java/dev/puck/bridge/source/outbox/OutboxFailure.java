package dev.puck.bridge.source.outbox;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.PostgresFailure;
import java.sql.SQLException;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.postgresql.util.PSQLException;
import org.postgresql.util.ServerErrorMessage;

/** Tells what only an operator can mend from what passes. */
final class OutboxFailure {
  /** No right, no schema, no table, no function. */
  private static final Set<String> NOT_INSTALLED = Set.of("42501", "3F000", "42P01", "42883");

  private OutboxFailure() {}

  static RuntimeException of(PostgresConfig config, String doing, SQLException e) {
    if (NOT_INSTALLED.contains(PostgresFailure.stateOf(e))) {
      return new ConfigException(
          "PostgreSQL at "
              + config.address()
              + " does not let the bridge go on while "
              + doing
              + " ("
              + String.valueOf(e.getMessage()).lines().findFirst().orElse("")
              + "). "
              + hint(e),
          e);
    }
    return PostgresFailure.working(config, doing, e);
  }

  /** The schema's own functions know better. */
  private static String hint(SQLException e) {
    @Nullable ServerErrorMessage server =
        e instanceof PSQLException refused ? refused.getServerErrorMessage() : null;
    @Nullable String hint = server == null ? null : server.getHint();
    return hint != null
        ? hint
        : "Run puck init; and grant puck_bridge to the bridge's role, if that is not the outbox's"
            + " owner.";
  }
}
