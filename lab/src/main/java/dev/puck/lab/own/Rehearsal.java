package dev.puck.lab.own;

import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problem;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.PostgresFailure;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Savepoint;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Does once all that a run would do, in one transaction that is rolled back, and gathers what goes
 * wrong. Used once.
 */
final class Rehearsal {
  private final OwnSql sql;
  private final boolean inPlace;
  private final Connection connection;
  private final String schema = LabSchema.newName();
  private final List<Problem> problems = new ArrayList<>();
  private final Set<String> creates = new LinkedHashSet<>();
  private final Checks checks;

  private Rehearsal(OwnSql sql, boolean inPlace, Connection connection) {
    this.sql = sql;
    this.inPlace = inPlace;
    this.connection = connection;
    this.checks = new Checks(connection, sql, problems);
  }

  /**
   * What it found.
   *
   * @param truth what is right now
   * @param copies of the tables that are written
   * @param written the user's tables that are written
   * @param schema what the lab's would be called; another run takes another name
   * @param creates what would be made, by kind and name
   */
  record Result(
      Truth truth, Copies copies, Set<Relation> written, String schema, List<String> creates) {}

  private interface Attempt {
    void run() throws SQLException;
  }

  /**
   * Rehearses.
   *
   * @throws ConfigException with all that is wrong
   */
  static Result of(PostgresConfig config, OwnSql sql, boolean inPlace) {
    try (Connection connection = new Postgres(config, "puck lab rehearsal").connect()) {
      connection.setAutoCommit(false);
      Rehearsal rehearsal = new Rehearsal(sql, inPlace, connection);
      try {
        return rehearsal.run();
      } finally {
        rehearsal.rollBack();
      }
    } catch (SQLException e) {
      throw PostgresFailure.answering("PostgreSQL at " + config.address(), e);
    }
  }

  private Result run() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("set local lock_timeout = '5s'");
    }
    checks.role();
    List<Truth> truths = new ArrayList<>();
    attempt(OwnSql.TRUTH, () -> truths.add(Truth.ask(connection, sql.truthQuery(), problems)));
    String sample =
        truths.isEmpty() || truths.get(0).rows().isEmpty() ? "1" : Checks.key(truths.get(0));
    List<Plan> plans = new ArrayList<>();
    attempt(
        OwnSql.WRITE, () -> plans.add(Plan.of(connection, sql.write(), Checks.values(sample, 1))));
    attempt(OwnSql.READ, () -> Plan.of(connection, sql.read(), Checks.values(sample, 1)));
    throwIfAny();
    Set<Relation> written = plans.get(0).written();
    Copies copies = new Copies(inPlace ? List.of() : List.copyOf(written));
    checks.copies(inPlace, written);
    throwIfAny();
    Set<String> before = Catalogue.objects(connection);
    LabSchema.create(connection, schema);
    LabSchema.look(connection, schema);
    attempt("", () -> copies.make(connection, schema));
    throwIfAny();
    checks.names(copies, sample);
    throwIfAny();
    Truth truth = truths.get(0);
    attempt(OwnSql.READ, () -> checks.read(OwnSql.READ, sql.read(), truth));
    checkStrategies(truth, before);
    attempt(OwnSql.WRITE, () -> checks.write(truth));
    checkCleanUp(before);
    throwIfAny();
    return new Result(truth, copies, written, schema, List.copyOf(creates));
  }

  private void rollBack() throws SQLException {
    connection.rollback();
    boolean isThere =
        Query.one(
            connection, "select to_regnamespace(?) is not null", row -> row.getBoolean(1), schema);
    if (isThere) {
      // A set-up ended the transaction in a way that nobody noticed.
      LabSchema.drop(connection, schema);
      connection.commit();
    }
  }

  private void checkStrategies(Truth truth, Set<String> before) throws SQLException {
    addCreated(before);
    for (String name : OwnStrategy.names(sql, true)) {
      if (name.equals("matview-2s")) {
        continue; // Makes what the other view does.
      }
      boolean setup = name.equals(OwnStrategy.SETUP);
      attempt(
          setup ? OwnSql.SETUP : OwnSql.TRUTH,
          () -> {
            OwnStrategy strategy = OwnStrategy.named(name, sql, schema, truth.columns().get(0));
            try (Statement statement = connection.createStatement()) {
              for (String each : strategy.make()) {
                statement.execute(each);
              }
            }
            addCreated(before);
            if (setup) {
              checks.read(OwnSql.SETUP_READ, strategy.read(), truth);
            }
          });
    }
  }

  private void addCreated(Set<String> before) throws SQLException {
    Catalogue.since(connection, before).stream().filter(Catalogue::isWhole).forEach(creates::add);
  }

  private void checkCleanUp(Set<String> before) throws SQLException {
    LabSchema.drop(connection, schema);
    Set<String> left = Catalogue.since(connection, before);
    check(
        left.isEmpty(),
        OwnSql.SETUP,
        "makes what would stay behind: "
            + String.join(", ", left)
            + ". Leave out the schema, so that it is made in the lab's.");
  }

  private void attempt(String option, Attempt attempt) throws SQLException {
    Savepoint savepoint = connection.setSavepoint();
    try {
      attempt.run();
    } catch (SQLException e) {
      connection.rollback(savepoint);
      problems.add(new Problem(option, PostgresFailure.sentence(e)));
    }
  }

  private void check(boolean good, String option, String text) {
    if (!good) {
      problems.add(new Problem(option, text));
    }
  }

  private void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }
}
