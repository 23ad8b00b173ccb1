package dev.puck.embedded;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;

/** The settings of a broker that is also its own controller. */
final class KafkaSettings {
  static final String NODE_ID = "node.id";
  static final String LOG_DIRS = "log.dirs";
  static final String CONTROLLER_LISTENER_NAMES = "controller.listener.names";

  private KafkaSettings() {}

  /** Our defaults, overlaid with the settings given. */
  static Map<String, String> of(int port, int controllerPort, Path data, ServerConfig config) {
    Map<String, String> settings = new LinkedHashMap<>();
    putNode(settings, port, controllerPort);
    putSingleReplicas(settings);
    putSmallness(settings);
    settings.put(LOG_DIRS, data.toString());
    settings.put("auto.create.topics.enable", "false");
    settings.put("group.initial.rebalance.delay.ms", "0");
    // Consumers that are killed often may ask to be missed sooner than the default of 6 s allows.
    settings.put("group.min.session.timeout.ms", "1000");
    if (config.durable()) {
      settings.put("log.flush.interval.messages", "1");
    }
    return config.settingsOver(settings);
  }

  private static void putNode(Map<String, String> settings, int port, int controllerPort) {
    String broker = "PLAINTEXT://" + Loopback.HOST + ":" + port;
    String controller = Loopback.HOST + ":" + controllerPort;
    settings.put("process.roles", "broker,controller");
    settings.put(NODE_ID, "1");
    settings.put(CONTROLLER_LISTENER_NAMES, "CONTROLLER");
    settings.put("controller.quorum.voters", "1@" + controller);
    settings.put("listeners", broker + ",CONTROLLER://" + controller);
    settings.put("advertised.listeners", broker);
    settings.put("inter.broker.listener.name", "PLAINTEXT");
    settings.put("listener.security.protocol.map", "PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT");
    settings.put("controller.quorum.election.timeout.ms", "200");
    settings.put("controller.quorum.fetch.timeout.ms", "2000");
    // After a kill, the controller refuses the new broker until the old one's session has ended.
    settings.put("broker.session.timeout.ms", "2000");
    settings.put("broker.heartbeat.interval.ms", "500");
  }

  private static void putSingleReplicas(Map<String, String> settings) {
    settings.put("default.replication.factor", "1");
    settings.put("min.insync.replicas", "1");
    settings.put("offsets.topic.replication.factor", "1");
    settings.put("transaction.state.log.replication.factor", "1");
    settings.put("transaction.state.log.min.isr", "1");
    settings.put("share.coordinator.state.topic.replication.factor", "1");
    settings.put("share.coordinator.state.topic.min.isr", "1");
  }

  private static void putSmallness(Map<String, String> settings) {
    settings.put("offsets.topic.num.partitions", "4");
    settings.put("transaction.state.log.num.partitions", "4");
    settings.put("share.coordinator.state.topic.num.partitions", "1");
    settings.put("num.network.threads", "2");
    settings.put("num.io.threads", "4");
    settings.put("num.recovery.threads.per.data.dir", "1");
    settings.put("log.cleaner.dedupe.buffer.size", "4194304");
    settings.put("log.segment.bytes", "67108864");
  }
}
