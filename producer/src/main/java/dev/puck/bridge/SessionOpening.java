package dev.puck.bridge;

import dev.puck.bridge.checkpoint.Checkpoint;
import dev.puck.bridge.checkpoint.CheckpointReader;
import dev.puck.bridge.checkpoint.OpenTransaction;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.election.LeaderOnlyPublisher;
import dev.puck.bridge.election.Leadership;
import dev.puck.bridge.election.Reelection;
import dev.puck.bridge.metric.BridgeMetrics;
import dev.puck.bridge.publisher.Publisher;
import dev.puck.bridge.relay.BridgeIdentity;
import dev.puck.bridge.relay.Relay;
import dev.puck.bridge.relay.RelayLimits;
import dev.puck.bridge.relay.Routes;
import dev.puck.bridge.source.ChangeSource;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.notify.NotifySource;
import dev.puck.bridge.source.outbox.OutboxOwner;
import dev.puck.bridge.source.outbox.OutboxSource;
import dev.puck.bridge.source.wal.WalSource;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.Postgres;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens sessions of one bridge: one process leads, whoever published under its name before is
 * fenced, and Kafka says where to go on.
 */
final class SessionOpening {
  private final BridgeConfig config;
  private final Kafka kafka;
  private final Routes routes;
  private final BridgeMetrics metrics;
  private final BridgeHooks hooks;
  private final Postgres postgres;
  private final BridgeTopics topics;
  private final String sourceName;

  SessionOpening(
      BridgeConfig config, Kafka kafka, Routes routes, BridgeMetrics metrics, BridgeHooks hooks) {
    this.config = config;
    this.kafka = kafka;
    this.routes = routes;
    this.metrics = metrics;
    this.hooks = hooks;
    this.postgres = new Postgres(config.postgres(), "puck bridge " + config.name());
    this.topics = new BridgeTopics(config, kafka);
    this.sourceName = nameOf(config.source());
  }

  /**
   * A session, ready to run.
   *
   * @throws StandbyException if another process leads
   */
  Session open() throws InterruptedException {
    Leadership leadership =
        Leadership.tryAcquire(postgres, config.name())
            .orElseThrow(() -> new StandbyException(config.name()));
    try {
      return open(leadership);
    } catch (RuntimeException | InterruptedException e) {
      leadership.close();
      throw e;
    }
  }

  private Session open(Leadership leadership) throws InterruptedException {
    topics.begin();
    String cluster = kafka.clusterId();
    ChangeSource source = source(cluster);
    Publisher publisher = hooks.publishing().apply(publisher(leadership));
    try {
      Beginning begin = begin(source, publisher, cluster);
      Relay relay =
          new Relay(begin.identity, routes, begin.open, source, publisher, limits(), metrics);
      return led(leadership, source, publisher, relay);
    } catch (RuntimeException | InterruptedException e) {
      source.close();
      publisher.close();
      throw e;
    }
  }

  /** A source that cannot be read again goes on without leading, as long as nobody else leads. */
  private Session led(
      Leadership leadership, ChangeSource source, Publisher publisher, Relay relay) {
    if (config.source() == SourceType.NOTIFY) {
      Reelection reelection = new Reelection(leadership, postgres, config.name(), relay::stop);
      return new Session(source, publisher, relay, reelection::close);
    }
    leadership.whenLost(relay::stop);
    return new Session(source, publisher, relay, leadership::close);
  }

  /**
   * A run that is the one to publish now.
   *
   * @param open transactions of which a part was published before
   */
  private record Beginning(BridgeIdentity identity, List<OpenTransaction> open) {}

  /**
   * Sees that the checkpoint is ours before anybody is fenced; then fences; then asks again, since
   * the one who was fenced may have committed meanwhile.
   */
  private Beginning begin(ChangeSource source, Publisher publisher, String cluster)
      throws InterruptedException {
    CheckpointReader checkpoints = new CheckpointReader(kafka);
    Optional<Checkpoint> seen = checkpoints.visible(config.name());
    Position begin = source.start(positionIn(seen));
    publisher.open();
    Optional<Checkpoint> previous = checkpoints.settled(config.name());
    if (!previous.equals(seen)) {
      begin = source.start(positionIn(previous));
    }
    BridgeIdentity identity = identity(previous, cluster);
    // Before anything is published under it, so that no two runs ever share an epoch.
    Instant through = previous.map(Checkpoint::through).orElseGet(Instant::now);
    List<OpenTransaction> open = ofThisSource(previous).map(Checkpoint::open).orElse(List.of());
    publisher.claim(identity.checkpoint(begin, through, open).toEvent());
    source.claim();
    return new Beginning(identity, open);
  }

  /**
   * Where to go on; null: nowhere yet.
   *
   * @throws ConfigException if the bridge was last at another place that must not be left so
   */
  private @Nullable Position positionIn(Optional<Checkpoint> checkpoint) {
    checkpoint.ifPresent(this::requireNoChangeover);
    return ofThisSource(checkpoint).map(Checkpoint::position).orElse(null);
  }

  private Optional<Checkpoint> ofThisSource(Optional<Checkpoint> checkpoint) {
    return checkpoint.filter(each -> each.source().equals(sourceName));
  }

  /** From {@code notify}, all between is a gap anyhow. */
  private void requireNoChangeover(Checkpoint checkpoint) {
    boolean isSafe =
        config.source() == SourceType.NOTIFY
            || checkpoint.source().equals(sourceName)
            || checkpoint.source().equals(nameOf(SourceType.NOTIFY));
    if (!isSafe) {
      throw new ConfigException(
          ("The checkpoint of bridge '%1$s' is of the source %2$s, and bridge.source is %3$s: what"
                  + " lies between would be lost or come twice. Set bridge.source to %2$s; to move"
                  + " the bridge, run: puck switch --to %3$s; or begin anew: puck checkpoint reset"
                  + " --from earliest|now.")
              .formatted(config.name(), checkpoint.source(), sourceName));
    }
  }

  private static String nameOf(SourceType source) {
    return source.name().toLowerCase(Locale.ROOT);
  }

  private BridgeIdentity identity(Optional<Checkpoint> previous, String cluster) {
    return new BridgeIdentity(
        config.name(),
        sourceName,
        previous.map(Checkpoint::epoch).orElse(0L) + 1,
        config.postgres().database(),
        Version.text(),
        cluster);
  }

  private RelayLimits limits() {
    Duration interval = topics.isExactlyOnce() ? Duration.ZERO : config.checkpointInterval();
    return new RelayLimits(config.queueMaxBytes(), interval);
  }

  private ChangeSource source(String cluster) {
    return switch (config.source()) {
      case NOTIFY -> new NotifySource(postgres, routes.channels(), Clock.systemUTC());
      case OUTBOX ->
          new OutboxSource(
              postgres,
              config.outbox(),
              new OutboxOwner(config.name(), cluster, config.topics().start()),
              config.topics().tellsTransactions(),
              hooks.outboxRules(),
              hooks.milestones(),
              metrics);
      case WAL ->
          new WalSource(
              postgres,
              config.wal(),
              config.wal().slotOf(config.name()),
              config.checkpointInterval(),
              config.topics().tellsTransactions(),
              hooks.walRules(),
              hooks.milestones(),
              metrics);
    };
  }

  /**
   * What was read from a source that cannot be read again is published also by one who no longer
   * leads: nobody else has it.
   */
  private Publisher publisher(Leadership leadership) {
    Publisher publisher =
        topics.publisher(
            event ->
                metrics.deadLettered(
                    Objects.requireNonNullElse(event.channel(), event.topic()), "too large"),
            hooks.milestones());
    return config.source() == SourceType.NOTIFY
        ? publisher
        : new LeaderOnlyPublisher(publisher, leadership);
  }
}
