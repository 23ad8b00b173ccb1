package dev.puck.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KafkaClassPathTest {
  private final KafkaClassPath.Collector collector = new KafkaClassPath.Collector();
  @TempDir private Path directory;

  @Test
  void shouldTakeTheJarsThatPucksOwnOnesName() throws IOException {
    // Given
    Path kafka = jar("lib/kafka.jar", "", "kafka/Kafka.class");
    jar("lib/event.jar", "", "dev/puck/");
    Path puck = jar("puck.jar", "lib/event.jar lib/missing.jar lib/kafka.jar", "dev/puck/");

    // When
    collector.collect(puck);

    // Then
    assertThat(collector.jars).containsExactly(kafka);
  }

  @Test
  void shouldTakeAJarWithPuckAndKafkaInIt() throws IOException {
    // Given
    Path all = jar("all.jar", "", "dev/puck/", "kafka/Kafka.class");

    // When
    collector.collect(all);

    // Then
    assertThat(collector.jars).containsExactly(all);
  }

  @Test
  void shouldLeaveOutDirectories() {
    // When
    collector.collect(directory);

    // Then
    assertThat(collector.jars).isEmpty();
  }

  @Test
  void shouldEndWhereManifestsNameEachOther() throws IOException {
    // Given
    jar("other.jar", "puck.jar", "dev/puck/");
    Path puck = jar("puck.jar", "other.jar", "dev/puck/");

    // When
    collector.collect(puck);

    // Then
    assertThat(collector.jars).isEmpty();
  }

  private Path jar(String name, String classPath, String... entries) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath);
    Path file = directory.resolve(name);
    Directories.create(directory.resolve("lib"));
    try (JarOutputStream jar = new JarOutputStream(Files.newOutputStream(file), manifest)) {
      for (String entry : entries) {
        jar.putNextEntry(new JarEntry(entry));
      }
    }
    return file;
  }
}
