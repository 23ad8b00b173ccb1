package dev.puck.bridge;

import dev.puck.bridge.checkpoint.Checkpoint;
import dev.puck.bridge.checkpoint.CheckpointReader;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.metric.BridgeMetrics;
import dev.puck.bridge.publisher.Publisher;
import dev.puck.bridge.publisher.kafka.KafkaPublisher;
import dev.puck.bridge.publisher.kafka.SizeLimits;
import dev.puck.bridge.publisher.kafka.TopicProvisioner;
import dev.puck.bridge.relay.BridgeIdentity;
import dev.puck.bridge.relay.Relay;
import dev.puck.bridge.relay.RelayLimits;
import dev.puck.bridge.relay.Routes;
import dev.puck.bridge.source.ChangeSource;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.notify.NotifySource;
import dev.puck.event.DeadLetterTopic;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.Postgres;
import java.time.Clock;
import java.time.Instant;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;

/**
 * One run of a bridge, from a checkpoint to the next failure: its source, its publisher and the
 * relay between them. A failed session is closed, and another begins where Kafka says.
 */
final class Session implements AutoCloseable {
  private final ChangeSource source;
  private final Publisher publisher;
  private final Relay relay;

  Session(ChangeSource source, Publisher publisher, Relay relay) {
    this.source = source;
    this.publisher = publisher;
    this.relay = relay;
  }

  /** Connects both ends; fails if either is away or refuses. */
  static Session open(
      BridgeConfig config, Kafka kafka, Routes routes, BridgeMetrics metrics, BridgeHooks hooks)
      throws InterruptedException {
    SizeLimits sizes = provisionTopics(config, kafka, routes);
    Optional<Checkpoint> previous = new CheckpointReader(kafka).latest(config.name());
    String sourceName = config.source().name().toLowerCase(Locale.ROOT);
    BridgeIdentity identity =
        new BridgeIdentity(
            config.name(),
            sourceName,
            previous.map(Checkpoint::epoch).orElse(0L) + 1,
            config.postgres().database(),
            Version.text(),
            null);
    ChangeSource source = source(config, routes);
    Publisher publisher = hooks.publishing().apply(publisher(identity, kafka, sizes, metrics));
    try {
      Position from =
          previous
              .filter(each -> each.source().equals(sourceName))
              .map(Checkpoint::position)
              .orElse(null);
      Position begin = source.start(from);
      // Before anything is published under it, so that no two runs ever share an epoch.
      Instant through = previous.map(Checkpoint::through).orElseGet(Instant::now);
      publisher.claim(identity.checkpoint(begin, through).toEvent());
      source.claim();
    } catch (RuntimeException | InterruptedException e) {
      source.close();
      publisher.close();
      throw e;
    }
    RelayLimits limits = new RelayLimits(config.queueMaxBytes(), config.checkpointInterval());
    return new Session(
        source, publisher, new Relay(identity, routes, source, publisher, limits, metrics));
  }

  /** Relays until {@link #stop} or a failure. */
  void run() throws InterruptedException {
    relay.run();
  }

  /** Asks {@link #run} to publish what was read, and return. */
  void stop() {
    relay.stop();
  }

  Optional<String> sourceProblem() {
    return source.problem();
  }

  Optional<String> kafkaProblem() {
    return publisher.problem();
  }

  long pendingEvents() {
    return publisher.pending();
  }

  long queuedBytes() {
    return relay.queuedBytes();
  }

  @Override
  public void close() {
    publisher.close();
  }

  private static SizeLimits provisionTopics(BridgeConfig config, Kafka kafka, Routes routes)
      throws InterruptedException {
    TopicProvisioner provisioner =
        new TopicProvisioner(kafka, config.topics().replicationFactor())
            .compacted(Checkpoint.TOPIC);
    for (String topic : routes.topics()) {
      provisioner
          .events(topic, config.topics().partitions())
          .deadLetters(DeadLetterTopic.of(topic));
    }
    return provisioner.provision();
  }

  private static ChangeSource source(BridgeConfig config, Routes routes) {
    Postgres postgres = new Postgres(config.postgres(), "puck bridge " + config.name());
    return switch (config.source()) {
      case NOTIFY -> new NotifySource(postgres, routes.channels(), Clock.systemUTC());
      case OUTBOX -> throw new ConfigException("bridge.source is outbox, which is not read yet.");
    };
  }

  private static KafkaPublisher publisher(
      BridgeIdentity identity, Kafka kafka, SizeLimits sizes, BridgeMetrics metrics) {
    return KafkaPublisher.create(
        kafka,
        "puck-bridge-" + identity.bridge(),
        sizes,
        event ->
            metrics.deadLettered(
                Objects.requireNonNullElse(event.channel(), event.topic()), "too large"));
  }
}
