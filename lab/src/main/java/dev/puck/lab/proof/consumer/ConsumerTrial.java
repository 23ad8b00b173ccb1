package dev.puck.lab.proof.consumer;

import dev.puck.lab.proof.ProofException;
import dev.puck.lab.proof.Subject;
import dev.puck.lab.proof.bridge.BridgeFleet;
import dev.puck.lab.proof.check.Finding;
import dev.puck.lab.proof.consumer.judge.Judge;
import dev.puck.lab.proof.consumer.judge.Layout;
import dev.puck.lab.proof.consumer.judge.Pulse;
import dev.puck.lab.proof.consumer.judge.Readers;
import dev.puck.lab.proof.consumer.judge.RedisView;
import dev.puck.lab.proof.consumer.process.ConsumerFleet;
import dev.puck.lab.proof.consumer.process.ConsumerSabotage;
import dev.puck.lab.proof.observer.LiveReader;
import dev.puck.lab.proof.observer.Observer;
import dev.puck.lab.proof.observer.Topics;
import dev.puck.lab.proof.outbox.OutboxSubject;
import dev.puck.lab.proof.sabotage.Sabotage;
import dev.puck.lab.proof.workload.Database;
import dev.puck.lab.proof.workload.Mix;
import dev.puck.lab.proof.workload.Mix.Step;
import dev.puck.lab.proof.workload.Workload;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;

/**
 * One history: a database with writers, a bridge that is left alone, three consumers of its topics,
 * readers of what they keep, and a verdict at the end. Used by one thread.
 */
final class ConsumerTrial implements AutoCloseable {
  static final int CONSUMERS = 3;

  private static final Duration WITHIN = Duration.ofMinutes(3);
  private static final String STARTING_ROWS =
      """
      select (select count(*) from prove.account) + (select count(*) from prove.nest)
           + (select count(*) from prove.canary)
      """;
  private static final Mix MIX =
      new Mix(
          4,
          1,
          150,
          List.of(
              Step.UPSERT,
              Step.UPSERT,
              Step.UPSERT,
              Step.UPSERT,
              Step.CHANGE_MANY,
              Step.CHANGE_NOTHING,
              Step.REINSERT,
              Step.REINSERT,
              Step.INSERT,
              Step.CHANGE_KEY,
              Step.DELETE,
              Step.EMPTY,
              Step.EMPTY),
          /* prepares= */ false);

  private final Database source;
  private final Database downstream;
  private final Topics topics;
  private final BridgeFleet bridge;
  private final LiveReader stream;
  private final RedisView redis;
  private final ConsumerFleet fleet;
  private final Readers readers;
  private final Flow flow;
  private final Workload workload;

  private ConsumerTrial(
      String name, ConsumerSabotage sabotage, long seed, ConsumerServers servers, Path parent)
      throws SQLException, InterruptedException {
    Path directory = directory(parent.resolve(name));
    Layout layout = new Layout(name);
    servers.source().createDatabase(name);
    servers.database().createDatabase(name);
    this.source = () -> servers.source().connect(name);
    this.downstream = () -> servers.database().connect(name);
    this.topics = new Topics(servers.kafka().bootstrapServers(), name + ".");
    this.bridge = bridge(name, servers, directory);
    this.stream = LiveReader.start(topics);
    this.redis = new RedisView(servers.redis().host(), servers.redis().port(), layout);
    Pulse pulse = new Pulse(source, downstream, redis);
    execute(ConsumerSettings.sql("downstream.sql"));
    awaitStart();
    Path config =
        write(
            directory.resolve("consumer.yaml"),
            ConsumerSettings.of(layout, servers, topics.prefix()));
    this.fleet = new ConsumerFleet(config, sabotage, directory, CONSUMERS);
    this.flow = new Flow(pulse, fleet);
    this.workload = Workload.start(source, new OutboxSubject().capture(), MIX, seed);
    this.readers =
        Readers.start(
            new RedisView(servers.redis().host(), servers.redis().port(), layout),
            CONSUMERS,
            fleet::url);
  }

  /** Begins, and returns when changes flow. */
  static ConsumerTrial begin(
      String name, ConsumerSabotage sabotage, long seed, ConsumerServers servers, Path directory)
      throws SQLException, InterruptedException {
    ConsumerTrial trial = new ConsumerTrial(name, sabotage, seed, servers, directory);
    try {
      Duration unused = trial.flow.await();
      return trial;
    } catch (RuntimeException | InterruptedException e) {
      trial.close();
      throw e;
    }
  }

  ConsumerFleet fleet() {
    return fleet;
  }

  Flow flow() {
    return flow;
  }

  Readers readers() {
    return readers;
  }

  Workload workload() {
    return workload;
  }

  /** Runs that in the downstream database. */
  void execute(String sql) throws SQLException {
    try (Connection connection = downstream.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  /**
   * Ends the work, lets all come through, and looks at what became of it. Once.
   *
   * @throws ProofException if it does not come through
   */
  ConsumerVerdict verdict() throws SQLException, InterruptedException {
    workload.stop();
    Duration unused = flow.await();
    Judge judge = Judge.of(source, new Observer(topics).read(/* committedOnly= */ true));
    List<String> urls =
        IntStream.range(0, CONSUMERS)
            .mapToObj(place -> Objects.requireNonNull(fleet.url(place)))
            .toList();
    List<Finding> findings = new ArrayList<>(judge.topics());
    findings.addAll(judge.projections(redis, downstream, urls));
    findings.addAll(judge.reads(readers));
    return new ConsumerVerdict(judge.events(), readers.answers(), findings, fleet.unexpectedEnds());
  }

  /** Ends everything but the servers, at once. */
  @Override
  public void close() {
    workload.close();
    readers.close();
    stream.close();
    fleet.close();
    bridge.close();
    redis.close();
  }

  private BridgeFleet bridge(String name, ConsumerServers servers, Path directory)
      throws SQLException, InterruptedException {
    Subject subject = new OutboxSubject();
    Subject.Setting setting =
        new Subject.Setting(
            name,
            servers.source().url(name),
            topics.bootstrapServers(),
            topics.prefix(),
            topics.transactions());
    subject.install(source, setting);
    Workload.install(source, subject.capture());
    Path config = write(directory.resolve("bridge.yaml"), setting.config(subject));
    BridgeFleet fleet = new BridgeFleet(config, Sabotage.NONE, directory.resolve("bridge.log"));
    fleet.keep(1);
    return fleet;
  }

  /**
   * The bridge makes the topics, which consumers demand. And a row of a starting state may come
   * after a change of it: whoever adds up changes must begin where there are none before it.
   */
  private void awaitStart() throws SQLException, InterruptedException {
    long rows;
    try (Connection connection = source.connect();
        Statement statement = connection.createStatement();
        ResultSet count = statement.executeQuery(STARTING_ROWS)) {
      count.next();
      rows = count.getLong(1);
    }
    Waiting.until("The bridge carries the starting state", WITHIN, () -> stream.records() >= rows);
  }

  private static Path write(Path file, String text) {
    try {
      return Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Path directory(Path directory) {
    try {
      return Files.createDirectories(directory);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
