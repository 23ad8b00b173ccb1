package dev.puck.cli.demo;

import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.PostgresConfig;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** A real PostgreSQL with two databases, and a real Kafka; gone when closed. */
final class DemoServers implements AutoCloseable {
  /** Where the tweets are. */
  static final String SOURCE_DATABASE = "tweeter";

  /** Where the summary is: another database, as it would be another team's. */
  static final String DOWNSTREAM_DATABASE = "downstream";

  private final EmbeddedServers servers;

  private DemoServers(EmbeddedServers servers) {
    this.servers = servers;
  }

  /** Starts both at the same time. */
  static DemoServers start() throws SQLException {
    EmbeddedServers servers = EmbeddedServers.inTemporaryDirectory();
    try {
      CompletableFuture<?> kafka = CompletableFuture.runAsync(servers::kafka);
      EmbeddedPostgres postgres = servers.postgres();
      postgres.createDatabase(SOURCE_DATABASE);
      postgres.createDatabase(DOWNSTREAM_DATABASE);
      kafka.join();
      return new DemoServers(servers);
    } catch (CompletionException e) {
      servers.close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } catch (SQLException | RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  PostgresConfig source() {
    return postgres(SOURCE_DATABASE);
  }

  PostgresConfig downstream() {
    return postgres(DOWNSTREAM_DATABASE);
  }

  KafkaConfig kafka() {
    return new KafkaConfig(servers.kafka().bootstrapServers(), Map.of());
  }

  int postgresPort() {
    return servers.postgres().port();
  }

  @Override
  public void close() {
    servers.close();
  }

  private PostgresConfig postgres(String database) {
    return new PostgresConfig(
        servers.postgres().url(database), servers.postgres().user(), /* password= */ null);
  }
}
