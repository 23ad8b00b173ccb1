package dev.puck.cli;

import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problem;
import dev.puck.service.config.Secret;
import dev.puck.service.connection.PostgresConfig;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** The user's database that the lab works in. */
final class LabDatabase {
  @Option(
      names = "--postgres",
      paramLabel = "URL",
      description = "Your own database: postgresql://HOST:PORT/DATABASE.")
  private @Nullable String url;

  @Option(
      names = "--user",
      paramLabel = "ROLE",
      description = "The role there; its password is taken from PGPASSWORD or the password file.")
  private @Nullable String user;

  boolean isGiven() {
    return url != null || user != null;
  }

  /** Nothing is connected yet. */
  PostgresConfig config() {
    @Nullable String where = url;
    if (where == null) {
      throw new ConfigException(
          List.of(new Problem("--postgres", "is missing; it is postgresql://HOST:PORT/DATABASE.")));
    }
    @Nullable String password = System.getenv("PGPASSWORD");
    try {
      return new PostgresConfig(where, user, password == null ? null : new Secret(password));
    } catch (ConfigException e) {
      throw new ConfigException(
          e.problems().stream()
              .map(
                  each ->
                      new Problem(
                          each.path().equals("user") ? "--user" : "--postgres", each.text()))
              .toList());
    }
  }
}
