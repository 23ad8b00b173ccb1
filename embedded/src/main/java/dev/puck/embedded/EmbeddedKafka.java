package dev.puck.embedded;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Properties;

/**
 * A real Kafka broker, its own controller, in a JVM of its own with this JVM's jars.
 *
 * <p>Topics have to be created; transactions run with protocol 2. Started again after a {@link
 * #kill()} it takes some seconds more, until the session of the killed one has ended.
 */
public final class EmbeddedKafka extends EmbeddedServer {
  private static final List<String> JVM_OPTIONS =
      List.of(
          "-Xmx256m",
          "-XX:+UseSerialGC",
          "-XX:TieredStopAtLevel=1",
          "-XX:+ExitOnOutOfMemoryError",
          "-XX:-UsePerfData",
          "-Djava.awt.headless=true",
          "-Dlog4j2.loggerContextFactory=org.apache.logging.log4j.simple.SimpleLoggerContextFactory");

  private final ServerConfig config;
  private final KafkaClassPath classPath;
  private final ClassArchive classArchive;

  private EmbeddedKafka(Path directory, ServerConfig config) {
    super("kafka", directory, config.port());
    this.config = config;
    BinaryCache cache = BinaryCache.ofThisUser();
    this.classPath = KafkaClassPath.of(cache);
    this.classArchive =
        ClassArchive.of(classPath.jars(), cache, directory().resolve("kafka-classes.jsa"));
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
    classArchive.discard();
    try {
      Files.deleteIfExists(readyFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  List<String> command(int listenPort) {
    writeSettings(listenPort);
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(JVM_OPTIONS);
    command.addAll(classArchive.jvmOptions());
    command.add("-Dlogback.configurationFile=" + loggingFile());
    command.addAll(List.of("-cp", classPath.argument(), KafkaBrokerMain.class.getName()));
    command.addAll(List.of(settingsFile().toString(), readyFile().toString()));
    return command;
  }

  /** The broker moves its partitions to nobody, flushes and marks its logs as clean. */
  @Override
  String stopSignal() {
    return "TERM";
  }

  @Override
  void stopped() {
    classArchive.publish();
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

  private Path loggingFile() {
    return Resource.copyTo(directory(), "kafka-logback.xml");
  }

  private Path settingsFile() {
    return directory().resolve("server.properties");
  }

  private Path readyFile() {
    return directory().resolve("kafka.ready");
  }
}
