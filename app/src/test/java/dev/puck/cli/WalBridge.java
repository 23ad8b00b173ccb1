package dev.puck.cli;

import dev.puck.bridge.Bridge;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A second bridge beside a pipeline, which reads the WAL of a database of its own. */
final class WalBridge implements AutoCloseable {
  private final ConfiguredDatabase database;
  private final String slot;
  private final Bridge bridge;

  private WalBridge(ConfiguredDatabase database, String slot, Bridge bridge) {
    this.database = database;
    this.slot = slot;
    this.bridge = bridge;
  }

  static WalBridge start(TestEnvironment environment, MonitoredPipeline pipeline, Path directory)
      throws Exception {
    String url = environment.url(environment.newDatabase());
    String name = environment.name() + "wal";
    Path file = directory.resolve("wal.yaml");
    Files.writeString(
        file,
        Files.readString(pipeline.file())
            .replace("source: outbox", "source: wal")
            .replace("    - table: tweet.message\n", "")
            .replace(environment.url(), url)
            .replace("name: " + environment.name(), "name: " + name));
    CommandRun init = CommandRun.of("init", "--source", "wal", "-c", file.toString());
    if (init.exitCode() != ExitCode.OK) {
      throw new AssertionError(init.err());
    }
    PuckConfig config = new ConfigLoader(Map.of()).load(file, PuckConfig.class);
    return new WalBridge(
        new ConfiguredDatabase(directory, url, environment.user()),
        "puck_" + name,
        Bridge.start(Objects.requireNonNull(config.bridge()), config.kafka()));
  }

  String url() {
    return bridge.url();
  }

  /** Ends the bridge, and gives back the slot, which would keep WAL for ever. */
  @Override
  public void close() throws SQLException {
    bridge.close();
    List<String> unused = database.column("select pg_drop_replication_slot('%s')".formatted(slot));
  }
}
