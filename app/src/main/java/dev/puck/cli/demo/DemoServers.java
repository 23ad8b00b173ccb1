package dev.puck.cli.demo;

import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.PostgresConfig;
import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.function.BooleanSupplier;

/** A real PostgreSQL with two databases, and a real Kafka; gone when closed. */
final class DemoServers implements AutoCloseable {
  /** Where the tweets are. */
  static final String SOURCE_DATABASE = "tweeter";

  /** Where the summary is: another database, as it would be another team's. */
  static final String DOWNSTREAM_DATABASE = "downstream";

  private final EmbeddedServers servers;

  private final BooleanSupplier inHaste;

  private DemoServers(EmbeddedServers servers, BooleanSupplier inHaste) {
    this.servers = servers;
    this.inHaste = inHaste;
  }

  /**
   * Starts both at the same time.
   *
   * @param inHaste whether the end must be quick, which a gentle one of Kafka is not
   */
  static DemoServers start(BooleanSupplier inHaste) throws SQLException {
    DemoServers started = new DemoServers(EmbeddedServers.inTemporaryDirectory(), inHaste);
    CompletableFuture<?> kafka = CompletableFuture.runAsync(started.servers::kafka);
    try {
      EmbeddedPostgres postgres = started.servers.postgres();
      postgres.createDatabase(SOURCE_DATABASE);
      postgres.createDatabase(DOWNSTREAM_DATABASE);
      kafka.join();
      return started;
    } catch (CompletionException e) {
      started.close();
      throw e.getCause() instanceof RuntimeException cause ? cause : e;
    } catch (SQLException | RuntimeException e) {
      // Not while Kafka is still starting in the directory that is about to be deleted.
      kafka.handle((server, failure) -> server).join();
      started.close();
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
    if (inHaste.getAsBoolean()) {
      servers.kill();
    } else {
      servers.close();
    }
  }

  private PostgresConfig postgres(String database) {
    return new PostgresConfig(
        servers.postgres().url(database), servers.postgres().user(), /* password= */ null);
  }
}
