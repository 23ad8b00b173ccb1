package dev.puck.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.Reader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import kafka.server.KafkaConfig;
import kafka.server.KafkaRaftServer;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.metadata.storage.Formatter;

/**
 * The main class of {@link EmbeddedKafka}'s own JVM: formats the data when it is new, runs the
 * broker, and says by a file when clients may come. SIGTERM makes it end gently.
 */
public final class KafkaBrokerMain {
  private KafkaBrokerMain() {}

  /** Takes the file with the settings, and the file to make when the broker is ready. */
  public static void main(String[] arguments) throws Exception {
    Properties settings = load(Path.of(arguments[0]));
    if (KilledBroker.left(data(settings))) {
      KilledBroker.fence(settings);
    } else {
      formatIfNew(settings);
    }
    KafkaRaftServer server = new KafkaRaftServer(new KafkaConfig(settings, false), Time.SYSTEM);
    Runtime.getRuntime().addShutdownHook(new Thread(() -> shutDown(server), "kafka-shutdown"));
    server.startup();
    Files.writeString(Path.of(arguments[1]), "ready\n");
    server.awaitShutdown();
  }

  private static Properties load(Path file) throws IOException {
    Properties settings = new Properties();
    try (Reader reader = Files.newBufferedReader(file)) {
      settings.load(reader);
    }
    return settings;
  }

  private static Path data(Properties settings) {
    return Path.of(settings.getProperty(KafkaSettings.LOG_DIRS));
  }

  private static void formatIfNew(Properties settings) throws Exception {
    Path data = data(settings);
    if (Files.exists(data.resolve("meta.properties"))) {
      return;
    }
    Files.createDirectories(data);
    new Formatter()
        .setPrintStream(
            new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8))
        .setNodeId(Integer.parseInt(settings.getProperty(KafkaSettings.NODE_ID)))
        .setClusterId(Uuid.randomUuid().toString())
        .setControllerListenerName(settings.getProperty(KafkaSettings.CONTROLLER_LISTENER_NAMES))
        .setMetadataLogDirectory(data.toString())
        .addDirectory(data.toString())
        .setIgnoreFormatted(true)
        .run();
  }

  private static void shutDown(KafkaRaftServer server) {
    server.shutdown();
    server.awaitShutdown();
  }
}
