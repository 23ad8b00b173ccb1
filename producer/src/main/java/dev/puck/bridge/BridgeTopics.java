package dev.puck.bridge;

import dev.puck.bridge.checkpoint.Checkpoint;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.Delivery;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.deadletter.DeadLetterTable;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.publisher.Publisher;
import dev.puck.bridge.publisher.kafka.DeadLetterTopics;
import dev.puck.bridge.publisher.kafka.KafkaPublisher;
import dev.puck.bridge.publisher.kafka.KnownTopics;
import dev.puck.bridge.publisher.kafka.Oversize;
import dev.puck.bridge.publisher.kafka.TransactionalPublisher;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.Postgres;
import java.util.List;
import java.util.function.Consumer;

/** A bridge's topics, and publishers to them as its configuration wants them. */
final class BridgeTopics {
  private final BridgeConfig config;
  private final Kafka kafka;
  private final List<String> routed;
  private final KnownTopics known;

  BridgeTopics(BridgeConfig config, Kafka kafka) {
    this.config = config;
    this.kafka = kafka;
    this.routed = Routing.of(config).topics();
    this.known =
        new KnownTopics(kafka, config.topics().partitions(), config.topics().replicationFactor());
  }

  /** Makes those that are missing, and asks how much they take. */
  void begin() throws InterruptedException {
    known.begin(List.of(Checkpoint.TOPIC), routed);
  }

  /** A source that cannot be read again has nothing to be exactly once about. */
  boolean isExactlyOnce() {
    return config.source() != SourceType.NOTIFY && config.delivery() == Delivery.EXACTLY_ONCE;
  }

  /**
   * A publisher that is not open yet.
   *
   * @param deadLettered hears of each record that is too large for its topic
   */
  Publisher publisher(Consumer<OutgoingEvent> deadLettered, Milestones milestones) {
    return isExactlyOnce()
        ? TransactionalPublisher.create(
            kafka, config.name(), known, oversize(), deadLettered, milestones)
        : KafkaPublisher.create(
            kafka, "puck-bridge-" + config.name(), known, oversize(), deadLettered);
  }

  /** One for checkpoints alone, which fences whoever publishes under the bridge's name. */
  Publisher fencingPublisher() {
    return TransactionalPublisher.create(
        kafka, config.name(), known, new DeadLetterTopics(), event -> {}, Milestones.UNHEARD);
  }

  /** Who has the outbox has a place in PostgreSQL for what Kafka does not take. */
  private Oversize oversize() {
    return config.source() == SourceType.OUTBOX
        ? Oversize.keptIn(
            new DeadLetterTable(
                new Postgres(config.postgres(), "puck bridge " + config.name() + " dead letters")))
        : new DeadLetterTopics();
  }
}
