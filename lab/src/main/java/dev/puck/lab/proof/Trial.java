package dev.puck.lab.proof;

import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.lab.proof.bridge.BridgeFleet;
import dev.puck.lab.proof.check.Checks;
import dev.puck.lab.proof.check.Finding;
import dev.puck.lab.proof.history.Sightings;
import dev.puck.lab.proof.history.Truth;
import dev.puck.lab.proof.history.Watched;
import dev.puck.lab.proof.observer.CheckpointWatch;
import dev.puck.lab.proof.observer.LiveReader;
import dev.puck.lab.proof.observer.Observer;
import dev.puck.lab.proof.observer.SlotWatch;
import dev.puck.lab.proof.observer.Topics;
import dev.puck.lab.proof.oracle.Oracle;
import dev.puck.lab.proof.workload.Database;
import dev.puck.lab.proof.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One history: a database with writers, bridges that carry its changes to topics of their own,
 * readers of these, and a verdict at the end. Used by one thread.
 */
final class Trial implements AutoCloseable {
  private static final Duration FIRST_FLOW_WITHIN = Duration.ofMinutes(2);
  private static final Duration HEALED_WITHIN = Duration.ofMinutes(3);

  private final TrialPlan plan;
  private final Path directory;
  private final Database database;
  private final Topics topics;
  private final Oracle oracle;
  private final BridgeFleet fleet;
  private final LiveReader reader;
  private final CheckpointWatch checkpoints;
  private final @Nullable SlotWatch slots;
  private final Canary canary;
  private final Workload workload;

  private Trial(TrialPlan plan, EmbeddedServers servers, Path directory) throws SQLException {
    this.plan = plan;
    this.directory = directory;
    EmbeddedPostgres postgres = servers.postgres();
    String name = plan.name();
    postgres.createDatabase(name);
    this.database = () -> postgres.connect(name);
    this.topics = new Topics(servers.kafka().bootstrapServers(), name + ".");
    Subject subject = plan.subject();
    Subject.Setting setting =
        new Subject.Setting(
            name,
            postgres.url(name),
            topics.bootstrapServers(),
            topics.prefix(),
            topics.transactions());
    this.oracle = new Oracle(name, subject.capture());
    subject.install(database, setting);
    try (Connection connection = database.connect()) {
      oracle.begin(connection);
    }
    Workload.install(database, subject.capture());
    Path config = write(directory.resolve("bridge.yaml"), setting.config(subject));
    this.fleet = new BridgeFleet(config, plan.sabotage(), directory.resolve("bridge.log"));
    this.reader = LiveReader.start(topics);
    this.checkpoints = CheckpointWatch.start(topics, name, subject::coverage);
    this.slots =
        subject.slot(name).map(slot -> SlotWatch.start(topics, database, slot)).orElse(null);
    this.canary = new Canary(database, reader, fleet);
    this.workload = Workload.start(database, subject.capture(), plan.mix(), plan.seed());
  }

  /** Begins, and returns when changes flow. */
  static Trial begin(TrialPlan plan, EmbeddedServers servers, Path directory)
      throws SQLException, InterruptedException {
    Trial trial = new Trial(plan, servers, directory(directory, plan.name()));
    try {
      trial.fleet.keep(1);
      trial.canary.awaitFlow(FIRST_FLOW_WITHIN);
      return trial;
    } catch (RuntimeException | InterruptedException e) {
      trial.close();
      throw e;
    }
  }

  Database database() {
    return database;
  }

  BridgeFleet fleet() {
    return fleet;
  }

  Canary canary() {
    return canary;
  }

  Workload workload() {
    return workload;
  }

  LiveReader reader() {
    return reader;
  }

  /** Where its configuration, logs and histories are. */
  Path directory() {
    return directory;
  }

  /**
   * Ends the work, lets all come through, and looks at what became of it. Once.
   *
   * @throws ProofException if it does not come through
   */
  Verdict verdict() throws SQLException, InterruptedException {
    workload.stop();
    canary.awaitFlow(HEALED_WITHIN);
    Truth truth;
    try (Connection connection = database.connect()) {
      truth = oracle.read(connection);
    }
    Sightings seen = new Observer(topics).read(plan.committedOnly());
    Watched watched =
        new Watched(checkpoints.stop(), reader.stop(), slots == null ? List.of() : slots.stop());
    List<Finding> findings = Checks.run(truth, seen, watched);
    return new Verdict(truth, seen, findings, watched, fleet.unexpectedEnds());
  }

  /** Ends everything but the servers, at once; the oracle's slot holds back PostgreSQL no more. */
  @Override
  public void close() {
    workload.close();
    reader.close();
    checkpoints.close();
    if (slots != null) {
      slots.close();
    }
    fleet.close();
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory(Path parent, String name) {
    try {
      return Files.createDirectories(parent.resolve(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
