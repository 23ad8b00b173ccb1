package dev.puck.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.io.BufferedReader;
import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EmbeddedServersIT {
  @TempDir private Path directory;

  @Test
  void shouldStartPostgresAndKafkaAtTheSameTimeAndStopThem() throws Exception {
    // Given
    EmbeddedServers servers = EmbeddedServers.inTemporaryDirectory();
    CompletableFuture<EmbeddedKafka> kafka = CompletableFuture.supplyAsync(servers::kafka);
    CompletableFuture<EmbeddedPostgres> postgres = CompletableFuture.supplyAsync(servers::postgres);
    CompletableFuture<EmbeddedPostgres> again = CompletableFuture.supplyAsync(servers::postgres);
    List<Long> processIds = List.of(kafka.get().processId(), postgres.get().processId());

    // When
    servers.close();

    // Then
    assertThat(again.get()).isSameAs(postgres.get());
    assertThat(processIds).allMatch(ProcessState::isGone);
    assertThat(servers.directory()).doesNotExist();
    assertThatThrownBy(servers::redis).isInstanceOf(IllegalStateException.class);
  }

  @Test
  void shouldStartNothingUnasked() {
    try (EmbeddedServers servers = EmbeddedServers.in(directory)) {
      // When
      servers.redis();

      // Then
      assertThat(directory).isDirectoryContaining("glob:**/redis");
      assertThat(directory.resolve("kafka")).doesNotExist();
      assertThat(directory.resolve("postgres")).doesNotExist();
    }
    assertThat(directory).exists();
  }

  @Test
  void shouldRefuseADirectoryInUse() {
    try (EmbeddedServers servers = EmbeddedServers.in(directory)) {
      assertThatThrownBy(() -> EmbeddedServers.in(servers.directory()))
          .isInstanceOf(ServerException.class)
          .hasMessageContaining("in use");
    }
    EmbeddedServers.in(directory).close();
  }

  /**
   * Runs from a jar with a manifest Class-Path, too, as {@code java -jar} does. A signal to the
   * whole process group reaches those who watch over the servers as well.
   */
  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void shouldLeaveNoProcessWhenTheJvmIsKilled(boolean withItsGroup) throws Exception {
    // Given
    Path data = directory.resolve("data");
    Process jvm = startMain(manifestJar(), data);
    List<Long> processIds = readProcessIds(jvm.inputReader());
    assertThat(processIds).hasSize(3).noneMatch(ProcessState::isGone);

    // When
    if (withItsGroup) {
      jvm.children()
          .flatMap(child -> Stream.concat(Stream.of(child), child.children()))
          .filter(process -> !processIds.contains(process.pid()))
          .forEach(ProcessHandle::destroy);
    }
    jvm.destroyForcibly();

    // Then
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(processIds).allMatch(ProcessState::isGone));
    try (EmbeddedServers successor = EmbeddedServers.in(data)) {
      assertThat(successor.postgres().isRunning()).isTrue();
    }
  }

  private Process startMain(Path jar, Path data) throws IOException {
    return new ProcessBuilder(
            Path.of(System.getProperty("java.home"), "bin", "java").toString(),
            "-jar",
            directory.relativize(jar).toString(),
            data.toString())
        .directory(directory.toFile())
        .redirectError(ProcessBuilder.Redirect.INHERIT)
        .start();
  }

  private Path manifestJar() throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, ServersMain.class.getName());
    manifest.getMainAttributes().put(Attributes.Name.CLASS_PATH, classPath());
    Path jar = directory.resolve("main.jar");
    new JarOutputStream(Files.newOutputStream(jar), manifest).close();
    return jar;
  }

  private static String classPath() {
    String classPath =
        System.getProperty("surefire.test.class.path", System.getProperty("java.class.path"));
    return Stream.of(classPath.split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toUri().toString())
        .collect(Collectors.joining(" "));
  }

  private static List<Long> readProcessIds(BufferedReader output) {
    return output.lines().filter(line -> line.matches("\\d+")).limit(3).map(Long::valueOf).toList();
  }
}
