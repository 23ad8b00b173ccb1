package dev.puck.bridge.doctor;

/** How to change a topic's setting. */
final class TopicSetting {
  private TopicSetting() {}

  /** The command. */
  static String alter(String address, String topic, String name, String value) {
    return ("kafka-configs.sh --bootstrap-server %s --alter --entity-type topics --entity-name %s"
            + " --add-config %s=%s")
        .formatted(address, topic, name, value);
  }
}
