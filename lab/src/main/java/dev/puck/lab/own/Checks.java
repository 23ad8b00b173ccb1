package dev.puck.lab.own;

import dev.puck.lab.own.Parameter.Values;
import dev.puck.service.config.Problem;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Random;
import java.util.Set;

/** Whether the user's statements fit together. Used by one thread, in a rehearsal. */
final class Checks {
  private static final int WRITES = 10;

  private final Connection connection;
  private final OwnSql sql;
  private final List<Problem> problems;

  /**
   * Checks in a transaction.
   *
   * @param problems is told what is wrong
   */
  Checks(Connection connection, OwnSql sql, List<Problem> problems) {
    this.connection = connection;
    this.sql = sql;
    this.problems = problems;
  }

  /** It may make a schema. */
  void role() throws SQLException {
    boolean may =
        Query.one(
            connection,
            "select has_database_privilege(current_database(), 'create')",
            row -> row.getBoolean(1));
    String role = Query.one(connection, "select current_user", row -> row.getString(1));
    check(
        may,
        "--postgres",
        "role '%s' may not make a schema; grant create on database %s to %s."
            .formatted(role, connection.getCatalog(), role));
  }

  /** What is written can be copied, and is not too much. */
  void copies(boolean inPlace, Set<Relation> written) throws SQLException {
    check(
        inPlace || !written.isEmpty(),
        OwnSql.WRITE,
        "writes no table that its plan shows, perhaps in a function; the lab cannot copy what it"
            + " does not know. Write it as SQL, or give --in-place: what is written stays, then.");
    for (Relation each : inPlace ? Set.<Relation>of() : written) {
      check(
          Copies.bytes(connection, each) <= Copies.MOST_BYTES,
          OwnSql.WRITE,
          "writes "
              + each
              + ", which is over 1 GB, and would be copied for every trial. Use a smaller database,"
              + " or give --in-place: what is written stays, then.");
    }
  }

  /** With the copies in sight, nobody may touch the originals. */
  void names(Copies copies, String sample) throws SQLException {
    names(OwnSql.WRITE, sql.write(), copies, sample);
    names(OwnSql.READ, sql.read(), copies, sample);
    names(OwnSql.TRUTH, sql.truth(), copies, sample);
  }

  private void names(String option, SqlFile file, Copies copies, String sample)
      throws SQLException {
    for (Relation each : Plan.of(connection, file, values(sample, 1)).read()) {
      check(
          !copies.has(connection, each),
          option,
          "names "
              + each
              + " with its schema, or uses a view of it, and would not see the lab's copy. Write "
              + each.name()
              + " alone, or give --in-place: what is written stays, then.");
    }
  }

  /** The rehearsed way gives what is right. */
  void read(String option, SqlFile read, Truth truth) throws SQLException {
    String key = key(truth);
    // Closed with the rehearsal's connection.
    List<String> found = new KeyReader(connection, read, truth.columns().size()).read(key);
    List<String> right = Truth.row(connection, sql.truthQuery(), truth.columns().get(0), key);
    check(
        Truth.same(found, right),
        option,
        "gives "
            + found
            + " for the key "
            + key
            + ", where "
            + OwnSql.TRUTH
            + " has "
            + right
            + "; it must give the same columns, with the key before them or without it.");
  }

  /** Somebody has to see a write. */
  void write(Truth truth) throws SQLException {
    String column = truth.columns().get(0);
    String key = key(truth);
    List<String> before = Truth.row(connection, sql.truthQuery(), column, key);
    WriteFile write = new WriteFile(connection, sql.write());
    for (int i = 0; i < WRITES; i++) {
      write.run(values(key, System.currentTimeMillis() * 1_000 + i));
      if (!Truth.same(Truth.row(connection, sql.truthQuery(), column, key), before)) {
        return;
      }
    }
    check(
        false,
        OwnSql.WRITE,
        "changed nothing in " + OwnSql.TRUTH + " for the key " + key + ", ten times over.");
  }

  private void check(boolean good, String option, String text) {
    if (!good) {
      problems.add(new Problem(option, text));
    }
  }

  /** The one that the probe uses. */
  static String key(Truth truth) {
    return truth.keys().get(truth.keys().size() - 1);
  }

  static Values values(String key, long sequence) {
    return new Values(key, new Random(sequence).nextDouble(), sequence, 0);
  }
}
