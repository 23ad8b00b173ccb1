package dev.puck.bridge;

import dev.puck.bridge.changeover.Changeover;
import dev.puck.bridge.changeover.Sources;
import dev.puck.bridge.changeover.SwitchProgress;
import dev.puck.bridge.changeover.SwitchStep;
import dev.puck.bridge.changeover.ToOutbox;
import dev.puck.bridge.changeover.ToWal;
import dev.puck.bridge.checkpoint.Checkpoint;
import dev.puck.bridge.checkpoint.CheckpointReader;
import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.election.LeaderOnlyPublisher;
import dev.puck.bridge.election.Leadership;
import dev.puck.bridge.election.Takeover;
import dev.puck.bridge.milestone.Milestones;
import dev.puck.bridge.publisher.Publisher;
import dev.puck.bridge.relay.BridgeIdentity;
import dev.puck.bridge.relay.RemainderRelay;
import dev.puck.bridge.source.Boundary;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.Remainder;
import dev.puck.bridge.source.outbox.OutboxOwner;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.PostgresFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Moves a bridge from the outbox to the WAL or back, while applications write: each change comes
 * once, and in order. Wherever it ends, the bridge can go on with the source that its checkpoint
 * names, and the switch can be begun again.
 */
public final class SourceSwitch {
  private static final Duration HANDOVER_PATIENCE = Duration.ofSeconds(30);

  private final BridgeConfig config;
  private final Kafka kafka;
  private final Postgres owner;
  private final Postgres bridge;
  private final SwitchProgress progress;
  private final CheckpointReader checkpoints;

  /**
   * @param config the bridge's, whichever of the two sources it names
   * @param owner connects as the outbox's owner, who may also publish the tables
   */
  public SourceSwitch(
      BridgeConfig config, KafkaConfig kafkaConfig, PostgresConfig owner, SwitchProgress progress) {
    this.config = config;
    this.kafka = new Kafka(kafkaConfig);
    this.owner = new Postgres(owner, "puck switch " + config.name());
    this.bridge = new Postgres(config.postgres(), "puck switch " + config.name());
    this.progress = progress;
    this.checkpoints = new CheckpointReader(kafka);
  }

  /**
   * Moves the bridge there, unless it is there already; then only what a switch before left to do
   * is done. Takes as long as the longest transaction that runs meanwhile.
   *
   * @param to the outbox or the WAL
   * @param full whether tables without a key may be given {@code REPLICA IDENTITY FULL}
   * @throws ConfigException if something must be changed first, all of which is said; then nothing
   *     was changed
   * @throws dev.puck.service.retry.TransientException if PostgreSQL or Kafka is away
   */
  public void run(SourceType to, boolean full) throws InterruptedException {
    if (to == SourceType.NOTIFY) {
      throw new ConfigException("A bridge is moved to outbox or wal; notify loses changes.");
    }
    new BridgeTopics(config, kafka).begin();
    Checkpoint at = present(checkpoints.visible(config.name()));
    try (Connection connection = owner.connect()) {
      limitLocks(connection);
      Changeover way = way(to, full, connection);
      if (!at.source().equals(name(to))) {
        prepare(way, at);
        move(way);
      }
      way.complete();
      progress.passed(SwitchStep.COMPLETED);
    } catch (SQLException e) {
      throw PostgresFailure.answering("PostgreSQL at " + owner.config().address(), e);
    }
  }

  private Changeover way(SourceType to, boolean full, Connection connection)
      throws InterruptedException {
    OutboxOwner outbox = new OutboxOwner(config.name(), kafka.clusterId(), config.topics().start());
    Sources sources = new Sources(config, outbox, bridge, connection, progress);
    return to == SourceType.WAL ? new ToWal(sources, full) : new ToOutbox(sources);
  }

  /** While the bridge runs. */
  private void prepare(Changeover way, Checkpoint at) throws SQLException, InterruptedException {
    if (!at.source().equals(name(way.from()))) {
      throw new ConfigException(
          "Bridge '%s' reads %s; a switch to %s goes from %s."
              .formatted(config.name(), at.source(), name(way.to()), name(way.from())));
    }
    way.require(at.position());
    progress.passed(SwitchStep.CHECKED);
    way.capture();
    progress.passed(SwitchStep.CAPTURED);
    way.settle();
    progress.passed(SwitchStep.SETTLED);
  }

  /** In its place. */
  private void move(Changeover way) throws SQLException, InterruptedException {
    BridgeConfig before = config.reading(way.from());
    BridgeTopics topics = new BridgeTopics(before, kafka);
    topics.begin();
    progress.waiting("Waiting for the bridge, if it runs, to publish what it read and hand over");
    try (Leadership leadership = lead();
        Publisher publisher =
            new LeaderOnlyPublisher(
                topics.publisher(event -> {}, Milestones.UNHEARD), leadership)) {
      publisher.open();
      Checkpoint at = present(checkpoints.settled(config.name()));
      progress.passed(SwitchStep.LEADING);
      if (at.source().equals(name(way.from()))) {
        move(way, at, publisher);
      }
    }
  }

  private void move(Changeover way, Checkpoint at, Publisher publisher)
      throws SQLException, InterruptedException {
    Boundary boundary = way.boundary();
    progress.passed(SwitchStep.BOUNDED);
    BridgeIdentity identity = identity(at);
    SwitchCounts counts = new SwitchCounts();
    try (Remainder remainder = way.remainder(at.position(), boundary)) {
      publisher.claim(identity.checkpoint(remainder.from(), at.through(), at.open()).toEvent());
      new RemainderRelay(identity, Routing.of(config), at.open(), publisher, counts).run(remainder);
    }
    progress.said(counts.text(name(way.from())));
    progress.passed(SwitchStep.DRAINED);
    Position begin = way.beginning(at.position(), boundary);
    Checkpoint moved =
        new Checkpoint(
            config.name(),
            name(way.to()),
            identity.epoch(),
            begin,
            boundary.through(),
            identity.kafkaCluster());
    publisher.commit(moved.toEvent());
    progress.passed(SwitchStep.MOVED);
  }

  private Leadership lead() throws InterruptedException {
    return Takeover.tryAcquire(bridge, config.name(), HANDOVER_PATIENCE)
        .orElseThrow(
            () ->
                new ConfigException(
                    "Bridge '"
                        + config.name()
                        + "' has not handed over within "
                        + HANDOVER_PATIENCE.toSeconds()
                        + " s: it is stuck, or an older version, or another switch runs. Stop it,"
                        + " and run this again."));
  }

  private BridgeIdentity identity(Checkpoint at) throws InterruptedException {
    return new BridgeIdentity(
        config.name(),
        at.source(),
        at.epoch() + 1,
        config.postgres().database(),
        Version.text(),
        kafka.clusterId());
  }

  private Checkpoint present(Optional<Checkpoint> checkpoint) {
    return checkpoint.orElseThrow(
        () ->
            new ConfigException(
                "Bridge '"
                    + config.name()
                    + "' has no checkpoint, so that there is nothing to move. Set bridge.source to"
                    + " what it is to read, and start it."));
  }

  /** Whoever comes later waits behind us. */
  private static void limitLocks(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set lock_timeout = '5s'");
    }
  }

  private static String name(SourceType source) {
    return source.name().toLowerCase(Locale.ROOT);
  }
}
