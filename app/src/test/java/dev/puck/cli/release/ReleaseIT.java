package dev.puck.cli.release;

import static dev.puck.cli.release.Release.run;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.embedded.EmbeddedServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/** What is downloaded works, and is what its checksums and its bill of materials say. */
@EnabledIfSystemProperty(named = "puck.release.directory", matches = ".+")
class ReleaseIT {
  private static final Release RELEASE = Release.built();

  @TempDir private static Path directory;
  private static Path home = Path.of("");

  @BeforeAll
  static void unpack() throws Exception {
    run(directory, "tar", "xzf", RELEASE.file(".tar.gz").toString());
    home = directory.resolve(RELEASE.name());
  }

  @Test
  void shouldSayItsVersion() throws Exception {
    assertThat(puck("--version").get(0)).isEqualTo("puck " + RELEASE.version());
  }

  @Test
  void shouldRunThroughALink() throws Exception {
    Path link = Files.createSymbolicLink(directory.resolve("puck"), home.resolve("bin/puck"));

    assertThat(run(directory, link.toString(), "--help")).anyMatch(line -> line.contains("bridge"));
  }

  @Test
  void shouldInstallItsSchema() throws Exception {
    // Given
    try (EmbeddedServers servers = EmbeddedServers.inTemporaryDirectory()) {
      servers.postgres().createDatabase("shop");
      Path file =
          Files.writeString(
              directory.resolve("puck.yaml"),
              "bridge: {postgres: {url: '%s', user: postgres}}"
                  .formatted(servers.postgres().url("shop")));

      // When, Then
      assertThat(puck("init", "--config", file.toString()))
          .anyMatch(line -> line.contains("installed in 127.0.0.1:"));
      assertThat(puck("init", "--config", file.toString()))
          .anyMatch(line -> line.contains("was there already in 127.0.0.1:"));
    }
  }

  @Test
  void shouldRunTheDemoOnItsOwnServers() throws Exception {
    // Ends with failure where cache or table differ from the truth.
    assertThat(puck("demo", "--duration", "3s", "--json")).isNotEmpty();
  }

  @Test
  void shouldBearWhatIsReadBesideTheCommand() {
    assertThat(
            List.of(
                "LICENSE",
                "README.md",
                "CHANGELOG.md",
                "docs/release.md",
                "ops/prometheus/alerts.yml",
                "ops/grafana/dashboards",
                "sql/puck",
                "sql/summary/counters.sql"))
        .allSatisfy(name -> assertThat(home.resolve(name)).exists());
  }

  @Test
  void shouldSumUpEveryFile() throws IOException {
    List<String> expected = new ArrayList<>();
    for (String name : RELEASE.fileNames()) {
      if (!name.equals("SHA256SUMS")) {
        expected.add(Release.sha256(RELEASE.directory().resolve(name)) + " *" + name);
      }
    }

    assertThat(expected).hasSize(2);
    assertThat(Files.readAllLines(RELEASE.directory().resolve("SHA256SUMS")))
        .containsExactlyInAnyOrderElementsOf(expected);
  }

  @Test
  void shouldNameEveryJarInTheBillOfMaterials() throws IOException {
    JsonNode bom = new JsonMapper().readTree(RELEASE.file(".cdx.json").toFile());

    List<String> named =
        StreamSupport.stream(bom.get("components").spliterator(), false)
            .map(it -> it.get("name").asText() + "-" + it.get("version").asText())
            .toList();
    try (Stream<Path> jars = Files.list(home.resolve("lib"))) {
      assertThat(jars.map(jar -> jar.getFileName().toString().replace(".jar", "")))
          .containsExactlyInAnyOrderElementsOf(named);
    }
  }

  private static List<String> puck(String... arguments) throws Exception {
    List<String> command = new ArrayList<>(List.of(home.resolve("bin/puck").toString()));
    command.addAll(List.of(arguments));
    return run(directory, command.toArray(String[]::new));
  }
}
