package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.service.config.ConfigReference;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ConfigCommandTest {
  @TempDir private Path directory;

  /** The file in the README is one that works. */
  @Test
  void shouldPrintTheReadmesFileWithDefaultsAndWithoutSecrets() throws IOException {
    // Given
    String yaml = fenced(Project.root().resolve("README.md"), "yaml");
    Path file =
        Files.writeString(directory.resolve("puck.yaml"), yaml.replace("${PGPASSWORD}", "hunter2"));
    Path sql = Files.createDirectories(directory.resolve("sql/summary"));
    Files.copy(Project.root().resolve("sql/summary/counters.sql"), sql.resolve("counters.sql"));
    // When
    CommandRun run = CommandRun.of("config", "--config", file.toString());
    // Then
    assertThat(run.err()).isEmpty();
    assertThat(run.exitCode()).isEqualTo(ExitCode.OK);
    assertThat(run.out())
        .contains("name: tweets")
        .contains("queue-max-bytes: 4194304")
        .contains("checkpoint-interval: 10s")
        .contains("***")
        .doesNotContain("hunter2");
  }

  @Test
  void shouldHaveAReferencePageThatSaysWhatTheRecordsSay() throws IOException {
    String page = Files.readString(Project.root().resolve("docs/configuration.md"));
    assertThat(page)
        .as("docs/configuration.md is out of date: put in what './puck config --reference' prints")
        .contains(ConfigReference.markdown(PuckConfig.class));
  }

  private static String fenced(Path page, String language) throws IOException {
    return Files.readString(page)
        .lines()
        .dropWhile(line -> !line.equals("```" + language))
        .skip(1)
        .takeWhile(line -> !line.equals("```"))
        .collect(Collectors.joining("\n"));
  }
}
