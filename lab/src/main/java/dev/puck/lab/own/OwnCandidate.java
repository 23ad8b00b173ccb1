package dev.puck.lab.own;

import dev.puck.lab.own.Parameter.Values;
import dev.puck.lab.strategy.Refresher;
import dev.puck.lab.trial.Candidate;
import dev.puck.lab.trial.Settling;
import dev.puck.lab.workload.Probed;
import dev.puck.lab.workload.Staleness;
import dev.puck.lab.workload.StalenessProbe;
import dev.puck.lab.workload.Step;
import dev.puck.lab.workload.Workload;
import dev.puck.lab.workload.Writer;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problem;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/** A strategy in the user's database. */
final class OwnCandidate implements Candidate, AutoCloseable {
  /** Of more keys, so many are compared with the truth. */
  private static final int COMPARED = 500;

  private final LabSchema schema;
  private final OwnSql sql;
  private final OwnStrategy strategy;
  private final Workload workload;
  private final Truth before;
  private final AtomicLong sequence;
  private @Nullable Refresher refresher;

  /**
   * One in a schema that is there.
   *
   * @param before what was right before; its keys are the workload's
   */
  OwnCandidate(
      LabSchema schema, OwnSql sql, OwnStrategy strategy, Workload workload, Truth before) {
    this.schema = schema;
    this.sql = sql;
    this.strategy = strategy;
    this.workload = workload;
    this.before = before;
    // Microseconds: no other run has the same.
    this.sequence = new AtomicLong(System.currentTimeMillis() * 1_000);
  }

  @Override
  public void start() throws SQLException {
    try (Connection connection = schema.connect();
        Statement statement = connection.createStatement()) {
      for (String each : strategy.make()) {
        statement.execute(each);
      }
    }
    if (!strategy.interval().isZero()) {
      refresher =
          new Refresher(
              schema.connect(), schema.name() + "." + OwnStrategy.VIEW, strategy.interval());
    }
  }

  @Override
  public RuntimeException unfit(long wrong) {
    return new ConfigException(
        List.of(
            new Problem(
                strategy.name().equals(OwnStrategy.SETUP) ? OwnSql.SETUP : OwnSql.READ,
                "gives what "
                    + OwnSql.TRUTH
                    + " does not have for "
                    + wrong
                    + " keys, before anything was written.")));
  }

  @Override
  public Step openWriter(int number, AtomicLong retries) throws SQLException {
    List<String> keys = before.keys();
    Connection connection = schema.connect();
    WriteFile write = new WriteFile(connection, sql.write());
    return new Writer(
        workload,
        connection,
        (message, random) -> write.run(values(keys.get((int) message - 1), random, number)),
        number,
        retries);
  }

  private Values values(String key, Random random, int number) {
    return new Values(key, random.nextDouble(), sequence.incrementAndGet(), number);
  }

  @Override
  public Step openReader(int number) throws SQLException {
    List<String> keys = before.keys();
    KeyReader reader = reader();
    Random random = new Random(-workload.seed() * 1_000 - number);
    return new Step() {
      @Override
      public void run() throws SQLException {
        reader.read(keys.get((int) workload.message(random) - 1));
      }

      @Override
      public void close() throws SQLException {
        reader.close();
      }
    };
  }

  @Override
  public Step openProbe(Staleness staleness) throws SQLException {
    Connection connection = schema.connect();
    WriteFile write = new WriteFile(connection, sql.write());
    Random random = new Random(workload.seed());
    String key = before.keys().get(workload.messages());
    Probed<List<String>> probed =
        new ProbedKey(
            connection, reader(), key, () -> write.run(values(key, random, workload.writers())));
    return new StalenessProbe<>(probed, strategy.interval(), 1, staleness);
  }

  private KeyReader reader() throws SQLException {
    return new KeyReader(schema.connect(), strategy.read(), before.columns().size());
  }

  @Override
  public long settle() throws SQLException, IOException, InterruptedException {
    try (Connection connection = schema.connect();
        KeyReader reader = reader()) {
      Truth truth = Truth.ask(connection, sql.truthQuery(), new ArrayList<>());
      List<String> keys = compared(truth);
      return Settling.await(
          strategy.interval(), () -> wrong(reader, truth, keys), wrong -> wrong == 0);
    }
  }

  private List<String> compared(Truth truth) {
    List<String> keys = new ArrayList<>(truth.keys());
    Collections.shuffle(keys, new Random(workload.seed()));
    List<String> some = new ArrayList<>(keys.subList(0, Math.min(COMPARED, keys.size())));
    some.add(before.keys().get(0));
    return some.stream().distinct().filter(truth.rows()::containsKey).toList();
  }

  private static long wrong(KeyReader reader, Truth truth, List<String> keys) throws SQLException {
    long wrong = 0;
    for (String key : keys) {
      List<String> right = truth.rows().getOrDefault(key, List.of());
      wrong += Truth.same(reader.read(key), right) ? 0 : 1;
    }
    return wrong;
  }

  @Override
  public Connection connect() throws SQLException {
    return schema.connect();
  }

  @Override
  public boolean isShared() {
    return true;
  }

  /** Another machine's, for all we know. */
  @Override
  public Map<String, Long> processes() {
    return Map.of();
  }

  @Override
  public Duration busy() {
    @Nullable Refresher running = refresher;
    return running == null ? Duration.ZERO : running.busy();
  }

  @Override
  public void close() {
    @Nullable Refresher running = refresher;
    if (running != null) {
      running.close();
    }
  }
}
