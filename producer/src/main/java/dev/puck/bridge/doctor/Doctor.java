package dev.puck.bridge.doctor;

import dev.puck.bridge.config.BridgeConfig;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.schema.SchemaOwner;
import dev.puck.bridge.schema.SchemaRepository;
import dev.puck.bridge.schema.WatchRepository;
import dev.puck.bridge.source.wal.WalCheck;
import dev.puck.service.connection.Kafka;
import dev.puck.service.connection.KafkaConfig;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresFailure;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Examines what a bridge of that configuration needs. Runs every check, whatever becomes of the
 * others, and changes nothing on either end. Takes some seconds, and half a minute at most where an
 * end does not answer.
 */
public final class Doctor {
  private static final Logger LOGGER = LoggerFactory.getLogger(Doctor.class);
  private static final String OUTBOX = "Outbox";
  private static final String WAL = "WAL";

  private final BridgeConfig config;
  private final Kafka kafka;
  private final Postgres postgres;
  private final Clock clock;

  public Doctor(BridgeConfig config, KafkaConfig kafka) {
    this(config, kafka, Clock.systemUTC());
  }

  Doctor(BridgeConfig config, KafkaConfig kafka, Clock clock) {
    this.config = config;
    this.kafka = new Kafka(kafka);
    this.postgres = new Postgres(config.postgres(), "puck doctor");
    this.clock = clock;
  }

  /** Examines both ends. */
  public Report examine() throws InterruptedException {
    List<CheckResult> results = new ArrayList<>();
    try (KafkaEnd cluster = KafkaEnd.open(kafka);
        DatabaseEnd database = DatabaseEnd.open(postgres)) {
      results.add(database.reached());
      results.addAll(examine(postgresChecks(), database.connection(), "PostgreSQL is away"));
      results.addAll(examineOutbox(database.connection(), cluster.clusterId()));
      if (config.source() == SourceType.WAL) {
        results.addAll(examine(walChecks(), database.connection(), "PostgreSQL is away"));
      }
      results.add(cluster.reached());
      List<TopicUse> topics = TopicUses.of(config, captured(database.connection()));
      results.addAll(examine(kafkaChecks(), cluster.cluster(topics), "Kafka is away"));
    }
    return new Report(results);
  }

  private Checkup<Connection> postgresChecks() {
    return inTransactions(
        DatabaseEnd.GROUP,
        List.of(
            new VersionCheck(),
            new PrimaryCheck(),
            new RoleCheck(),
            new PoolerCheck(postgres),
            new ClockCheck(clock),
            new DurabilityCheck(),
            new TimeoutCheck(),
            new NotificationQueueCheck()));
  }

  private Checkup<Connection> outboxChecks(Optional<String> kafkaCluster) {
    return inTransactions(
        OUTBOX,
        List.of(
            new OriginalCheck(),
            new OwnerCheck(config, kafkaCluster),
            new CaptureCheck(),
            new RoutedTableCheck(config.routes()),
            new PreparedTransactionCheck(config),
            new BacklogCheck(config),
            new DeadLetterCheck()));
  }

  private Checkup<Connection> walChecks() {
    String slot = config.wal().slotOf(config.name());
    WalCheck wal = new WalCheck(config.postgres(), slot, config.wal().publication());
    return inTransactions(
        WAL,
        List.of(
            new WalLevelCheck(wal),
            new ReplicationRoleCheck(),
            new PublicationCheck(config.wal(), config.routes()),
            new SlotCheck(wal, slot),
            new RetentionCheck(slot)));
  }

  private Checkup<Cluster> kafkaChecks() {
    return new Checkup<>(
        KafkaEnd.GROUP,
        List.of(
            new BrokerCheck(),
            new TransactionProtocolCheck(config),
            new TopicCheck(config),
            new ReplicationCheck(config),
            new CleanupCheck(),
            new MessageSizeCheck()));
  }

  /**
   * What can only be asked of a schema that is there, and lets us, is left out where it does not.
   */
  private List<CheckResult> examineOutbox(
      Optional<Connection> connection, Optional<String> kafkaCluster) throws InterruptedException {
    Checkup<Connection> schema = inTransactions(OUTBOX, List.of(new SchemaCheck()));
    Checkup<Connection> rights = inTransactions(OUTBOX, List.of(new RightsCheck()));
    Checkup<Connection> others = outboxChecks(kafkaCluster);
    Optional<SchemaOwner> owner = connection.flatMap(Doctor::owner);
    boolean mayUse = owner.map(SchemaOwner::mayUse).orElse(false);
    if (connection.isEmpty() || (config.source() != SourceType.OUTBOX && !mayUse)) {
      String why =
          connection.isEmpty()
              ? "PostgreSQL is away"
              : "bridge.source is " + config.source().name().toLowerCase(Locale.ROOT);
      return Stream.of(schema, rights, others).flatMap(each -> each.skip(why).stream()).toList();
    }
    List<CheckResult> results = new ArrayList<>(schema.run(connection.get()));
    String missing = "the schema puck is not installed";
    results.addAll(owner.isEmpty() ? rights.skip(missing) : rights.run(connection.get()));
    results.addAll(
        mayUse
            ? others.run(connection.get())
            : others.skip(owner.isEmpty() ? missing : "the schema puck may not be used"));
    return results;
  }

  private List<CapturedTable> captured(Optional<Connection> connection) {
    return switch (config.source()) {
      case NOTIFY -> List.of();
      case OUTBOX -> watched(connection);
      case WAL ->
          connection
              .flatMap(
                  open -> asked(open, each -> PublishedTable.of(each, config.wal().publication())))
              .orElse(List.of())
              .stream()
              .map(table -> new CapturedTable(table.name(), table.keyed()))
              .toList();
    };
  }

  private static List<CapturedTable> watched(Optional<Connection> connection) {
    boolean usable = connection.flatMap(Doctor::owner).map(SchemaOwner::mayUse).orElse(false);
    if (!usable) {
      return List.of();
    }
    return asked(connection.get(), each -> new WatchRepository(each).list())
        .orElse(List.of())
        .stream()
        .map(table -> new CapturedTable(table.catalogName(), !table.keyColumns().isEmpty()))
        .toList();
  }

  private static Optional<SchemaOwner> owner(Connection connection) {
    return asked(connection, each -> new SchemaRepository(each).owner()).flatMap(owner -> owner);
  }

  /** What fails here fails in a check, too, and is found there. */
  private static <T> Optional<T> asked(Connection connection, Question<T> question) {
    try {
      try {
        return Optional.of(question.ask(connection));
      } finally {
        connection.rollback();
      }
    } catch (SQLException e) {
      LOGGER.atDebug().addKeyValue("error", PostgresFailure.sentence(e)).log("Not to be asked");
      return Optional.empty();
    }
  }

  private static <E> List<CheckResult> examine(Checkup<E> checkup, Optional<E> end, String away)
      throws InterruptedException {
    return end.isPresent() ? checkup.run(end.get()) : checkup.skip(away);
  }

  private static Checkup<Connection> inTransactions(String group, List<Check<Connection>> checks) {
    return new Checkup<>(
        group, checks.stream().<Check<Connection>>map(InTransaction::new).toList());
  }

  private interface Question<T> {
    T ask(Connection connection) throws SQLException;
  }
}
