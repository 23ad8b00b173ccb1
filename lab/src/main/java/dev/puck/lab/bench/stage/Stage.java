package dev.puck.lab.bench.stage;

import dev.puck.embedded.EmbeddedConfig;
import dev.puck.embedded.EmbeddedKafka;
import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.ServerConfig;
import dev.puck.lab.process.BridgeProcess;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.Map;

/**
 * PostgreSQL and Kafka of the bench's own, and the bridges there. PostgreSQL flushes each commit to
 * the disk; Kafka, as it does in production, leaves that to the kernel. Used by one thread.
 */
public final class Stage implements AutoCloseable {
  /** No checkpoint of PostgreSQL's falls into one measurement and not into another. */
  private static final Map<String, String> POSTGRES =
      Map.of(
          "wal_level", "replica",
          "max_wal_size", "8GB",
          "checkpoint_timeout", "1h");

  private final EmbeddedServers servers;

  private Stage(EmbeddedServers servers) {
    this.servers = servers;
  }

  /** Starts the servers. */
  public static Stage set() {
    EmbeddedConfig config =
        EmbeddedConfig.defaults().withPostgres(new ServerConfig(0, /* durable= */ true, POSTGRES));
    EmbeddedServers servers = EmbeddedServers.inTemporaryDirectory(config);
    try {
      servers.postgres();
      servers.kafka();
      return new Stage(servers);
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /** A new database with the schema {@code puck}. */
  public Database database(String name) throws SQLException {
    return Database.create(servers.postgres(), name);
  }

  /** Starts a bridge, and returns when it relays. */
  public BridgeProcess bridge(BridgeSettings settings) throws InterruptedException {
    Path file = settings.write(servers.directory(), bootstrapServers());
    return BridgeProcess.start(file, logFile());
  }

  /** The same process with another bridge in it. */
  public void change(BridgeProcess bridge, BridgeSettings settings) throws InterruptedException {
    bridge.change(settings.write(servers.directory(), bootstrapServers()));
  }

  /** Where Kafka is. */
  public String bootstrapServers() {
    return servers.kafka().bootstrapServers();
  }

  /** What is in Kafka. */
  public Topics topics() {
    return new Topics(bootstrapServers());
  }

  /** PostgreSQL itself, which may be ended and started again. */
  public EmbeddedPostgres postgres() {
    return servers.postgres();
  }

  /** Kafka itself, which may be ended and started again. */
  public EmbeddedKafka kafka() {
    return servers.kafka();
  }

  /** PostgreSQL's first process. */
  public long postgresProcess() {
    return servers.postgres().processId();
  }

  /** Kafka's process. */
  public long kafkaProcess() {
    return servers.kafka().processId();
  }

  /** What processes of the bench log to. */
  public Path logFile() {
    return servers.directory().resolve("bench.log");
  }

  @Override
  public void close() {
    servers.close();
  }
}
