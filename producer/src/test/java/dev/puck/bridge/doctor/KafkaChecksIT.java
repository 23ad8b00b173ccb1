package dev.puck.bridge.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.checkpoint.Checkpoint;
import java.util.Map;
import java.util.Set;
import org.apache.kafka.clients.admin.FeatureUpdate;
import org.apache.kafka.clients.admin.FeatureUpdate.UpgradeType;
import org.apache.kafka.clients.admin.UpdateFeaturesOptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What is wrong with the cluster and its topics. */
@ExtendWith(ClinicExtension.class)
class KafkaChecksIT {
  private final Clinic clinic;

  KafkaChecksIT(Clinic clinic) {
    this.clinic = clinic;
  }

  @BeforeEach
  void prepare() throws Exception {
    clinic.makeWell();
  }

  @Test
  void shouldFindWhatIsWrongWithTopics() throws Exception {
    // Given
    clinic.deleteTopics(
        Set.of("p.orders", "p.orders.dead-letter", "p.public.sale.dead-letter", Checkpoint.TOPIC));
    clinic.topic("p.orders", Map.of("cleanup.policy", "compact", "min.insync.replicas", "2"));
    clinic.topic("p.orders.dead-letter", Map.of("max.message.bytes", "1000"));
    clinic.topic("p.public.note", Map.of("cleanup.policy", "compact"));
    clinic.topic("p.public.sale.dead-letter", Map.of("cleanup.policy", "compact"));
    clinic.topic(Checkpoint.TOPIC, 2, Map.of());

    // When
    Examination examination = clinic.examine(clinic.wakePoll());

    // Then
    String alter =
        "kafka-configs.sh --bootstrap-server %s --alter --entity-type topics --entity-name "
            .formatted(clinic.bootstrapServers());
    assertThat(examination.findings("Kafka", "topics"))
        .singleElement()
        .asString()
        .startsWith("problem: Topic puck.checkpoints has 2 partitions");
    assertThat(examination.findings("Kafka", "replication"))
        .contains(
            "problem: Topic p.orders has one copy, and min.insync.replicas 2: nothing can be"
                + " written. → "
                + alter
                + "p.orders --add-config min.insync.replicas=1");
    assertThat(examination.findings("Kafka", "message-size"))
        .containsExactly(
            "problem: Topic p.orders takes 1048588 bytes a message, and p.orders.dead-letter only"
                + " 1000: what cannot be relayed cannot always be set aside. → "
                + alter
                + "p.orders.dead-letter --add-config max.message.bytes=1048588");
    assertThat(examination.findings("Kafka", "cleanup"))
        .hasSize(5)
        .anyMatch(f -> f.startsWith("problem: Topic p.orders is compacted, and its route names no"))
        .anyMatch(f -> f.startsWith("problem: Topic p.public.note is compacted, and its table has"))
        .anyMatch(f -> f.startsWith("problem: Topic p.public.sale.dead-letter is compacted: it"))
        .anyMatch(f -> f.startsWith("note: Topic p.orders.dead-letter keeps dead letters only for"))
        .anyMatch(f -> f.startsWith("problem: Topic puck.checkpoints has cleanup.policy delete"));
  }

  @Test
  void shouldFindTheOlderTransactionProtocol() throws Exception {
    // Given
    level(1, UpgradeType.SAFE_DOWNGRADE);
    try {
      // When, Then
      assertThat(clinic.examine(clinic.wakePoll()).findings("Kafka", "transaction-protocol"))
          .singleElement()
          .asString()
          .startsWith("problem: transaction.version is 1: after a crash")
          .endsWith("upgrade --feature transaction.version=2");
      assertThat(
              clinic
                  .examine(clinic.wakePoll() + "delivery: at-least-once\n")
                  .findings("Kafka", "transaction-protocol"))
          .singleElement()
          .asString()
          .startsWith("note: transaction.version is 1; exactly-once from the outbox needs 2.");
    } finally {
      level(2, UpgradeType.UPGRADE);
    }
  }

  private void level(int level, UpgradeType type) throws Exception {
    clinic
        .admin()
        .updateFeatures(
            Map.of(TransactionProtocolCheck.FEATURE, new FeatureUpdate((short) level, type)),
            new UpdateFeaturesOptions())
        .all()
        .get();
  }
}
