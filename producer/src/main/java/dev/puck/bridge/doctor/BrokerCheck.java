package dev.puck.bridge.doctor;

import java.util.Optional;

/**
 * How old the brokers are, as far as they tell: not their release, but the level of the metadata
 * that all of them have agreed on.
 */
final class BrokerCheck implements Check<Cluster> {
  private static final String METADATA_VERSION = "metadata.version";

  @Override
  public String name() {
    return "brokers";
  }

  @Override
  public void look(Cluster cluster, Findings findings) throws InterruptedException {
    Optional<Short> level = cluster.feature(METADATA_VERSION);
    findings.saw(
        cluster.brokers().size()
            + level.map(each -> ", " + METADATA_VERSION + " " + each).orElse(""));
    if (level.isEmpty()) {
      findings.note(
          "The brokers have no metadata.version: they are older than Kafka 3.3, or run with"
              + " ZooKeeper.",
          "Upgrade them to Kafka 4.0 or newer.");
    }
  }
}
