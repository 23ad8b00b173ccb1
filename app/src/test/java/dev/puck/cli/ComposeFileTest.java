package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.common.utils.AppInfoParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** docker-compose.yml, as far as can be told without an engine. */
class ComposeFileTest {
  private static final Path FILE = Project.root().resolve("docker-compose.yml");

  @TempDir private Path directory;

  @Test
  void shouldBeValid() throws Exception {
    assumeThat(problem("docker", "compose", "version"))
        .as("Docker Compose is not installed: docker-compose.yml is not validated")
        .isEmpty();
    assertThat(problem("docker", "compose", "-f", FILE.toString(), "config", "-q")).isEmpty();
  }

  @Test
  void shouldPinEveryImage() throws IOException {
    services()
        .forEach(
            (name, service) ->
                assertThat(text(service, "image"))
                    .as(name)
                    .matches("\\$\\{[A-Z_]+:-[^:]+:v?\\d+\\.\\d+\\.?\\d*[^:]*}"));
    assertThat(text(service("kafka"), "image")).contains(":" + AppInfoParser.getVersion() + "}");
  }

  @Test
  void shouldPublishOnLoopbackOnly() throws IOException {
    services()
        .forEach(
            (name, service) ->
                assertThat(list(service, "ports"))
                    .as(name)
                    .allMatch(port -> port.startsWith("127.0.0.1:")));
  }

  @Test
  void shouldRunPuckWithoutRights() throws IOException {
    for (String name : List.of("init", "bridge", "consumer", "traffic")) {
      assertThat(service(name))
          .as(name)
          .containsEntry("user", "10001:10001")
          .containsEntry("read_only", true)
          .containsEntry("cap_drop", List.of("ALL"));
    }
  }

  @Test
  void shouldMountWhatIsThere() throws IOException {
    services()
        .forEach(
            (name, service) ->
                assertThat(list(service, "volumes"))
                    .as(name)
                    .filteredOn(volume -> volume.startsWith("./"))
                    .allMatch(volume -> Files.exists(Project.root().resolve(source(volume)))));
  }

  @Test
  void shouldCheckTheHealthOfEachThatOthersWaitFor() throws IOException {
    for (String name : List.of("postgres", "kafka", "redis", "prometheus", "grafana")) {
      assertThat(service(name)).as(name).containsKey("healthcheck");
    }
    assertThat(Files.readString(Project.root().resolve("Dockerfile"))).contains("\nHEALTHCHECK ");
  }

  @Test
  void shouldMountAConfigurationThatHolds() throws IOException {
    // Given
    Path root = Project.root();
    String yaml = Files.readString(root.resolve("ops/compose/puck.yaml"));
    Path file =
        Files.writeString(
            directory.resolve("puck.yaml"), yaml.replaceAll("\\$\\{[A-Z_]+}", "0123456789abcdef"));
    Path sql = Files.createDirectories(directory.resolve("sql/summary"));
    Files.copy(root.resolve("sql/summary/counters.sql"), sql.resolve("counters.sql"));
    // When
    CommandRun run = CommandRun.of("config", "--config", file.toString());
    // Then
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isZero();
  }

  private static String source(String volume) {
    return volume.substring(0, volume.indexOf(':'));
  }

  @SuppressWarnings("unchecked")
  private static Map<String, Map<String, Object>> services() throws IOException {
    Yaml yaml = new Yaml(new SafeConstructor(new LoaderOptions()));
    Map<String, Object> file = yaml.load(Files.readString(FILE));
    return (Map<String, Map<String, Object>>) Objects.requireNonNull(file.get("services"));
  }

  private static Map<String, Object> service(String name) throws IOException {
    return Objects.requireNonNull(services().get(name), name);
  }

  private static String text(Map<String, Object> service, String key) {
    return String.valueOf(service.get(key));
  }

  @SuppressWarnings("unchecked")
  private static List<String> list(Map<String, Object> service, String key) {
    return (List<String>) service.getOrDefault(key, List.of());
  }

  /** Nothing where it went well; else what it wrote, or that there is no such command. */
  private static String problem(String... command) throws InterruptedException {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      return process.waitFor() == 0 ? "" : output;
    } catch (IOException e) {
      return e.toString();
    }
  }
}
