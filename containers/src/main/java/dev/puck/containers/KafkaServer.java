package dev.puck.containers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.util.Map;
import org.testcontainers.containers.GenericContainer;
import org.testcontainers.containers.wait.strategy.Wait;

/**
 * A broker that is its own controller. It tells clients its published port, which is therefore
 * chosen before it starts.
 */
final class KafkaServer extends GenericContainer<KafkaServer> {
  private static final int PORT = 9092;

  /** As small as the embedded one, where one copy of everything is enough. */
  private static final Map<String, String> SETTINGS =
      Map.ofEntries(
          Map.entry("KAFKA_NODE_ID", "1"),
          Map.entry("KAFKA_PROCESS_ROLES", "broker,controller"),
          Map.entry("KAFKA_CONTROLLER_QUORUM_VOTERS", "1@localhost:9093"),
          Map.entry("KAFKA_CONTROLLER_LISTENER_NAMES", "CONTROLLER"),
          Map.entry("KAFKA_INTER_BROKER_LISTENER_NAME", "BROKER"),
          Map.entry(
              "KAFKA_LISTENERS", "PLAINTEXT://:9092,CONTROLLER://:9093,BROKER://localhost:9094"),
          Map.entry(
              "KAFKA_LISTENER_SECURITY_PROTOCOL_MAP",
              "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT,BROKER:PLAINTEXT"),
          Map.entry("KAFKA_AUTO_CREATE_TOPICS_ENABLE", "false"),
          Map.entry("KAFKA_DEFAULT_REPLICATION_FACTOR", "1"),
          Map.entry("KAFKA_MIN_INSYNC_REPLICAS", "1"),
          Map.entry("KAFKA_OFFSETS_TOPIC_REPLICATION_FACTOR", "1"),
          Map.entry("KAFKA_OFFSETS_TOPIC_NUM_PARTITIONS", "4"),
          Map.entry("KAFKA_TRANSACTION_STATE_LOG_REPLICATION_FACTOR", "1"),
          Map.entry("KAFKA_TRANSACTION_STATE_LOG_MIN_ISR", "1"),
          Map.entry("KAFKA_TRANSACTION_STATE_LOG_NUM_PARTITIONS", "4"),
          Map.entry("KAFKA_GROUP_INITIAL_REBALANCE_DELAY_MS", "0"),
          Map.entry("KAFKA_GROUP_MIN_SESSION_TIMEOUT_MS", "1000"));

  private final String address;

  KafkaServer() {
    super(Images.kafka());
    int port = freePort();
    this.address = Docker.host() + ":" + port;
    addFixedExposedPort(port, PORT);
    withEnv(SETTINGS);
    withEnv("KAFKA_ADVERTISED_LISTENERS", "PLAINTEXT://" + address + ",BROKER://localhost:9094");
    waitingFor(Wait.forListeningPort());
  }

  /** What clients connect to. */
  String bootstrapServers() {
    return address;
  }

  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
