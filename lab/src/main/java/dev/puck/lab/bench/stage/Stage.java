package dev.puck.lab.bench.stage;

import dev.puck.embedded.EmbeddedConfig;
import dev.puck.embedded.EmbeddedKafka;
import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedRedis;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.ServerConfig;
import dev.puck.lab.process.BridgeProcess;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;

/**
 * PostgreSQL and Kafka of the bench's own, and the bridges there. PostgreSQL flushes each commit to
 * the disk; Kafka, as it does in production, leaves that to the kernel. Used by one thread.
 */
public final class Stage implements AutoCloseable {
  private final EmbeddedServers servers;
  private final Source source;
  private final List<String> jvmOptions;

  private Stage(EmbeddedServers servers, Source source, String heap) {
    this.servers = servers;
    this.source = source;
    this.jvmOptions = BridgeProcess.jvmOptions(heap);
  }

  /** Starts the servers, for bridges that read the outbox. */
  public static Stage set() {
    return set(Source.OUTBOX, BridgeProcess.HEAP);
  }

  /**
   * Starts the servers.
   *
   * @param heap of each bridge, such as {@code 128m}
   */
  public static Stage set(Source source, String heap) {
    EmbeddedConfig config =
        EmbeddedConfig.defaults()
            .withPostgres(new ServerConfig(0, /* durable= */ true, postgres(source)))
            // So that it rewrites no file in the middle of one measurement and not of another.
            .withRedis(ServerConfig.defaults().withSetting("appendonly", "no"));
    EmbeddedServers servers = EmbeddedServers.inTemporaryDirectory(config);
    try {
      servers.postgres();
      servers.kafka();
      return new Stage(servers, source, heap);
    } catch (RuntimeException e) {
      servers.close();
      throw e;
    }
  }

  /** No checkpoint of PostgreSQL's falls into one measurement and not into another. */
  private static Map<String, String> postgres(Source source) {
    return Map.of(
        "wal_level", source.walLevel(),
        "max_wal_size", "8GB",
        "checkpoint_timeout", "1h");
  }

  /** Where its bridges read. */
  public Source source() {
    return source;
  }

  /** Heap and collector of its bridges, and of what they are compared with. */
  public List<String> jvmOptions() {
    return jvmOptions;
  }

  /** Redis, which writes nothing to the disk; the first request starts it. */
  public EmbeddedRedis redis() {
    return servers.redis();
  }

  /** Where files of the bench may be, until it is closed. */
  public Path directory() {
    return servers.directory();
  }

  /** A bridge of that name as by default: exactly once. */
  public BridgeSettings settings(String name, Database database) {
    return BridgeSettings.of(name, database).with(source);
  }

  /** A new database with the schema {@code puck}. */
  public Database database(String name) throws SQLException {
    return Database.create(servers.postgres(), name);
  }

  /** Starts a bridge, and returns when it relays. */
  public BridgeProcess bridge(BridgeSettings settings) throws InterruptedException {
    Path file = settings.write(servers.directory(), bootstrapServers());
    return BridgeProcess.start(file, logFile(), jvmOptions);
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
