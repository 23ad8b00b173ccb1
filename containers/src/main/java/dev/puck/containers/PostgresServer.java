package dev.puck.containers;

import java.util.List;
import org.testcontainers.containers.wait.strategy.Wait;
import org.testcontainers.images.builder.Transferable;
import org.testcontainers.postgresql.PostgreSQLContainer;

/** PostgreSQL with logical decoding and the access rules that the embedded one has. */
final class PostgresServer extends PostgreSQLContainer {
  private static final String RULES_FILE = "/etc/puck_hba.conf";
  private static final String ACCESS_RULES =
      """
      # type database    user     address method
      local  all         all              trust
      host   all         postgres all     trust
      host   replication postgres all     trust
      host   all         all      all     scram-sha-256
      host   replication all      all     scram-sha-256
      """;
  private static final List<String> SETTINGS =
      List.of(
          "hba_file=" + RULES_FILE,
          "listen_addresses=*",
          "wal_level=logical",
          "max_wal_senders=20",
          "max_replication_slots=20",
          "max_connections=200",
          "timezone=UTC",
          "log_timezone=UTC",
          "fsync=off",
          "full_page_writes=off");

  PostgresServer() {
    super(Images.postgres());
    withUsername("postgres").withPassword("postgres").withDatabaseName("postgres");
    withCopyToContainer(Transferable.of(ACCESS_RULES, 0644), RULES_FILE);
    withCommand(command());
    // The first start, which makes the database, takes no connections from outside.
    waitingFor(Wait.forListeningPort());
  }

  /** JDBC's, as the embedded server has it. */
  String url(String database) {
    return "jdbc:postgresql://%s/%s?sslmode=disable&gssEncMode=disable"
        .formatted(Docker.address(this, POSTGRESQL_PORT), database);
  }

  private static String[] command() {
    String[] command = new String[1 + 2 * SETTINGS.size()];
    command[0] = "postgres";
    for (int i = 0; i < SETTINGS.size(); i++) {
      command[1 + 2 * i] = "-c";
      command[2 + 2 * i] = SETTINGS.get(i);
    }
    return command;
  }
}
