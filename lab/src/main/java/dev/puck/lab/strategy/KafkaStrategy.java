package dev.puck.lab.strategy;

import dev.puck.bridge.config.SourceType;
import dev.puck.lab.process.BridgeProcess;
import dev.puck.lab.process.ConsumerProcess;
import dev.puck.lab.tweet.SqlScript;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** A bridge to Kafka, and a consumer that keeps the counters; each in a process of its own. */
final class KafkaStrategy implements Strategy {
  private static final List<String> JVM_OPTIONS = BridgeProcess.jvmOptions(BridgeProcess.HEAP);

  private final Site site;
  private final Keeper keeper;
  private final Capture capture;
  private @Nullable BridgeProcess bridge;
  private @Nullable ConsumerProcess consumer;

  KafkaStrategy(Site site, SourceType source, Keeper keeper) {
    this.site = site;
    this.keeper = keeper;
    this.capture = new Capture(source, keeper.takesCounters(), site);
  }

  @Override
  public void start() throws SQLException, IOException, InterruptedException {
    capture.install();
    if (keeper == Keeper.SUMMARY) {
      site.database().run("/sql/cache/counters.sql");
    }
    launch();
    if (keeper == Keeper.REDIS) {
      // A cache in Redis takes its truth only when it is told to.
      ConsumerHttp.post(running().url() + "/resync/counters");
    }
  }

  /** The bridge first, which makes the topic. */
  private void launch() throws IOException, InterruptedException {
    Path bridgeFile = Files.writeString(file("bridge.yaml"), capture.settings());
    bridge = BridgeProcess.start(bridgeFile, site.log(), JVM_OPTIONS);
    Path consumerFile = Files.writeString(file("consumer.yaml"), consumerSettings());
    ConsumerProcess started = ConsumerProcess.start(consumerFile, site.log(), JVM_OPTIONS);
    consumer = started;
    ConsumerHttp.awaitReady(started.url());
  }

  private Path file(String ending) {
    return site.directory().resolve(site.name() + "-" + ending);
  }

  private String consumerSettings() throws IOException {
    Path statement =
        Files.writeString(file("statement.sql"), SqlScript.load("/sql/summary/counters.sql").sql());
    String database = site.serviceSettings();
    return """
        kafka:
          bootstrap-servers: %s
        consumer:
          name: %s
          postgres: %s
          source: %s
        %s%s  token-topic: %s.puck.token
          http: {port: 0}
        """
        .formatted(
            site.servers().kafka().bootstrapServers(),
            site.name(),
            database,
            database,
            keeper == Keeper.REDIS ? "  redis: {url: \"" + redis() + "\"}\n" : "",
            keeper.settings(capture.topic(), site.name(), statement.toString()),
            site.name());
  }

  private String redis() {
    return site.servers().redis().url();
  }

  @Override
  public String write() {
    return keeper.takesCounters() ? InDatabase.ACT : INSERT;
  }

  @Override
  public Reader openReader() throws SQLException {
    return switch (keeper) {
      case MEMORY -> new HttpReader(running().url());
      case REDIS -> new RedisReader(site.servers().redis(), site.name());
      case SUMMARY -> new SqlReader(site.database().connect(), "twcache.counters");
    };
  }

  private ConsumerProcess running() {
    @Nullable ConsumerProcess process = consumer;
    if (process == null) {
      throw new IllegalStateException("Not started");
    }
    return process;
  }

  @Override
  public Duration interval() {
    return Duration.ZERO;
  }

  @Override
  public boolean propagates() {
    return true;
  }

  @Override
  public long gaps() throws InterruptedException {
    @Nullable BridgeProcess running = bridge;
    return running == null ? 0 : running.status().gaps();
  }

  @Override
  public void restart() throws IOException, InterruptedException {
    @Nullable BridgeProcess oldBridge = bridge;
    @Nullable ConsumerProcess oldConsumer = consumer;
    if (oldBridge != null && oldConsumer != null) {
      oldBridge.kill();
      oldConsumer.kill();
    }
    launch();
  }

  @Override
  public Map<String, Long> processes() {
    Map<String, Long> processes = new TreeMap<>();
    processes.put("kafka", site.servers().kafka().processId());
    if (keeper == Keeper.REDIS) {
      processes.put("redis", site.servers().redis().processId());
    }
    @Nullable BridgeProcess ownBridge = bridge;
    @Nullable ConsumerProcess ownConsumer = consumer;
    if (ownBridge != null && ownConsumer != null) {
      processes.put("bridge", ownBridge.processId());
      processes.put("consumer", ownConsumer.processId());
    }
    return processes;
  }

  @Override
  public void close() {
    @Nullable ConsumerProcess ownConsumer = consumer;
    @Nullable BridgeProcess ownBridge = bridge;
    if (ownConsumer != null) {
      ownConsumer.close();
    }
    if (ownBridge != null) {
      ownBridge.close();
    }
  }
}
