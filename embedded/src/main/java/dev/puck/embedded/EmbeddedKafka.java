package dev.puck.embedded;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Properties;
import java.util.stream.Collectors;

/**
 * A real Kafka broker, its own controller, in a JVM of its own with this JVM's class path.
 *
 * <p>Topics have to be created; transactions run with protocol 2. Started again after a {@link
 * #kill()} it takes some seconds more, until the session of the killed one has ended.
 */
public final class EmbeddedKafka extends EmbeddedServer {
  private final ServerConfig config;

  private EmbeddedKafka(Path directory, ServerConfig config) {
    super("kafka", directory, config.port());
    this.config = config;
  }

  /**
   * Starts a broker on the data in the directory, which is made when there is none.
   *
   * @throws ServerException with the end of the log when it does not start
   */
  public static EmbeddedKafka startIn(Path directory, ServerConfig config) {
    EmbeddedKafka kafka = new EmbeddedKafka(directory, config);
    kafka.start();
    return kafka;
  }

  /** What clients connect to. */
  public String bootstrapServers() {
    return Loopback.HOST + ":" + port();
  }

  @Override
  void prepare() {
    try {
      Files.deleteIfExists(readyFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  List<String> command(int listenPort) {
    writeSettings(listenPort);
    return List.of(
        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
        "-Xmx256m",
        "-XX:+UseSerialGC",
        "-XX:TieredStopAtLevel=1",
        "-XX:+ExitOnOutOfMemoryError",
        "-XX:-UsePerfData",
        "-Xshare:auto",
        "-Djava.awt.headless=true",
        "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory",
        "-Dlogback.configurationFile=dev/puck/embedded/kafka-logback.xml",
        "-cp",
        classPath(),
        KafkaBrokerMain.class.getName(),
        settingsFile().toString(),
        readyFile().toString());
  }

  /** The broker moves its partitions to nobody, flushes and marks its logs as clean. */
  @Override
  String stopSignal() {
    return "TERM";
  }

  @Override
  boolean isReady(int listenPort, long processId) {
    return Files.exists(readyFile());
  }

  private void writeSettings(int listenPort) {
    Properties properties = new Properties();
    properties.putAll(
        KafkaSettings.of(listenPort, FreePort.next(), directory().resolve("data"), config));
    try (Writer writer = Files.newBufferedWriter(settingsFile())) {
      properties.store(writer, null);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Absolute, so that it holds in any working directory. */
  private static String classPath() {
    return Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator, -1))
        .map(entry -> Path.of(entry).toAbsolutePath().toString())
        .collect(Collectors.joining(File.pathSeparator));
  }

  private Path settingsFile() {
    return directory().resolve("server.properties");
  }

  private Path readyFile() {
    return directory().resolve("kafka.ready");
  }
}
