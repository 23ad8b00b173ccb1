package dev.puck.bridge.doctor;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.apache.kafka.clients.admin.Admin;
import org.jspecify.annotations.Nullable;

/** The Kafka cluster, if it can be reached. */
final class KafkaEnd implements AutoCloseable {
  static final String GROUP = "Kafka";

  private final Kafka kafka;
  private final @Nullable Admin admin;
  private final @Nullable String clusterId;
  private final CheckResult reached;

  private KafkaEnd(
      Kafka kafka, @Nullable Admin admin, @Nullable String clusterId, Findings findings) {
    this.kafka = kafka;
    this.admin = admin;
    this.clusterId = clusterId;
    this.reached = CheckResult.of(GROUP, "connection", findings);
  }

  /** Connects; that it cannot be reached is a finding. */
  static KafkaEnd open(Kafka kafka) throws InterruptedException {
    Findings findings = new Findings();
    findings.saw(kafka.address());
    @Nullable Admin admin = null;
    try {
      admin = kafka.admin();
      String id = kafka.await("asking for the cluster", admin.describeCluster().clusterId());
      findings.saw(kafka.address() + ", cluster " + id);
      return new KafkaEnd(kafka, admin, id, findings);
    } catch (ConfigException | TransientException e) {
      close(admin);
      findings.problem(String.valueOf(e.getMessage()), "Start it, or correct the section kafka.");
      return new KafkaEnd(kafka, null, null, findings);
    }
  }

  /** The cluster, to be asked for these topics; empty where it cannot be reached. */
  Optional<Cluster> cluster(List<TopicUse> uses) {
    return Optional.ofNullable(admin).map(client -> new Cluster(kafka, client, uses));
  }

  /** Empty where it cannot be reached. */
  Optional<String> clusterId() {
    return Optional.ofNullable(clusterId);
  }

  /** Whether it could be reached. */
  CheckResult reached() {
    return reached;
  }

  @Override
  public void close() {
    close(admin);
  }

  private static void close(@Nullable Admin admin) {
    if (admin != null) {
      // Its own patience would wait for answers that nobody wants any more.
      admin.close(Duration.ZERO);
    }
  }
}
