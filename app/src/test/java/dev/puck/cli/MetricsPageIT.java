package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.puck.bridge.Bridge;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.ConfigLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** docs/metrics.md says what the processes tell. */
@ExtendWith(PuckExtension.class)
class MetricsPageIT {
  private static final String HEAD =
      "| metric | type | labels | unit | meaning |\n|---|---|---|---|---|\n";

  private final TestEnvironment environment;
  @TempDir private Path directory;

  MetricsPageIT(TestEnvironment environment) {
    this.environment = environment;
  }

  @Test
  void shouldHaveAPageThatSaysWhatTheProcessesTell() throws Exception {
    try (MonitoredPipeline pipeline = MonitoredPipeline.start(environment, directory)) {
      // So that what is told of collections is there
      System.gc();
      Map<String, MetricFamily> bridge = families(pipeline.bridge().url());
      Map<String, MetricFamily> consumer = families(pipeline.consumer().url());
      Map<String, MetricFamily> both = new TreeMap<>(bridge);
      both.putAll(consumer);
      String tables =
          table("Bridge", bridge, name -> name.startsWith("puck_bridge_"))
              + table("Consumer", consumer, name -> name.startsWith("puck_consumer_"))
              + table("Kafka's clients", both, name -> name.startsWith("kafka_"))
              + table("Process", both, name -> !name.matches("(puck|kafka|jvm_gc_concurrent)_.*"));
      Path made = Files.writeString(Path.of("target/metrics.md"), tables);
      assertThat(Files.readString(Project.root().resolve("docs/metrics.md")))
          .as("docs/metrics.md is out of date: end it with what is in " + made.toAbsolutePath())
          .endsWith(tables);
    }
  }

  @Test
  void shouldTellTheSameFromEachSource() throws Exception {
    try (MonitoredPipeline pipeline = MonitoredPipeline.start(environment, directory)) {
      Map<String, MetricFamily> outbox = families(pipeline.bridge().url());
      String yaml = Files.readString(pipeline.file());
      for (String source : new String[] {"notify", "wal"}) {
        String database = environment.newDatabase();
        Path file = directory.resolve(source + ".yaml");
        Files.writeString(
            file,
            yaml.replace("source: outbox", "source: " + source)
                .replace("    - table: tweet.message\n", "")
                .replace(environment.url(), environment.url(database))
                .replace("name: " + environment.name(), "name: " + environment.name() + source));
        if (source.equals("wal")) {
          CommandRun init = CommandRun.of("init", "--source", "wal", "-c", file.toString());
          assertThat(init.err()).isEmpty();
        }
        PuckConfig config = new ConfigLoader(Map.of()).load(file, PuckConfig.class);
        try (Bridge bridge =
            Bridge.start(Objects.requireNonNull(config.bridge()), config.kafka())) {
          assertThat(families(bridge.url()).keySet())
              .filteredOn(name -> name.startsWith("puck_"))
              .containsExactlyElementsOf(
                  outbox.keySet().stream().filter(name -> name.startsWith("puck_")).toList());
        }
      }
    } finally {
      new ConfiguredDatabase(directory, environment.url(), environment.user())
          .column(
              """
              select pg_drop_replication_slot(slot_name) from pg_replication_slots
               where slot_name like 'puck_%swal'
              """
                  .formatted(environment.name()));
    }
  }

  @Test
  void shouldTellAsPrometheusWantsIt() throws Exception {
    assumeThat(Promtool.isInstalled())
        .as("promtool is not installed: what the processes tell is not checked")
        .isTrue();
    try (MonitoredPipeline pipeline = MonitoredPipeline.start(environment, directory)) {
      for (String url : new String[] {pipeline.bridge().url(), pipeline.consumer().url()}) {
        Path scrape = directory.resolve("scrape");
        Files.writeString(scrape, MonitoredPipeline.scrape(url));
        assertThat(Promtool.run(scrape, "check", "metrics")).isEmpty();
      }
    }
  }

  private static Map<String, MetricFamily> families(String url) throws Exception {
    return MetricFamily.parse(MonitoredPipeline.scrape(url));
  }

  private static String table(
      String title, Map<String, MetricFamily> families, Predicate<String> which) {
    return families.values().stream()
        .filter(family -> which.test(family.name()))
        .map(MetricFamily::row)
        .collect(Collectors.joining("\n", "\n## " + title + "\n\n" + HEAD, "\n"));
  }
}
