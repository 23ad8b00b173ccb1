package dev.puck.lab.proof.oracle;

import dev.puck.lab.proof.history.Capture;
import dev.puck.lab.proof.history.FlatJson;
import dev.puck.lab.proof.history.Image;
import dev.puck.lab.proof.history.Shape;
import dev.puck.lab.proof.history.Tables;
import dev.puck.lab.proof.history.Truth;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Knows what was committed without asking the bridge: a logical slot of its own, decoded by
 * PostgreSQL's {@code test_decoding}, and the tables themselves. The slot is made before the first
 * change and read once, at the end, so that no crash in between can make it forget.
 */
public final class Oracle {
  private static final int FETCH_ROWS = 500;

  private static final String COMMIT = "COMMIT";

  /**
   * As much as nothing here is larger than. PostgreSQL 18 tells a decoder that a part of a larger
   * transaction was rolled back of which it never told, by which test_decoding ends the server.
   */
  private static final String ALL_IN_MEMORY = "set local logical_decoding_work_mem = '1GB'";

  private final String slot;
  private final Capture capture;

  /**
   * @param slot its name
   * @param capture what the bridge's source tells
   */
  public Oracle(String slot, Capture capture) {
    this.slot = slot;
    this.capture = capture;
  }

  /** Makes the slot. */
  public void begin(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_create_logical_replication_slot('%s', 'test_decoding')".formatted(slot));
    }
  }

  /** Drops the slot. */
  public void end(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("select pg_drop_replication_slot('%s')".formatted(slot));
    }
  }

  /**
   * Everything since {@link #begin}. Nobody may write meanwhile.
   *
   * @throws IllegalStateException if decoder and tables do not agree
   */
  public Truth read(Connection connection) throws SQLException {
    TruthBuilder builder = new TruthBuilder(capture);
    boolean autoCommit = connection.getAutoCommit();
    connection.setAutoCommit(false); // else the driver takes all into memory
    try (Statement statement = connection.createStatement()) {
      statement.setFetchSize(FETCH_ROWS);
      statement.execute(ALL_IN_MEMORY);
      String query =
          """
          select data, xid::text::bigint, (lsn - '0/0')::bigint
            from pg_logical_slot_peek_changes('%s', null, null, 'include-xids', '0')
           where data like 'table prove.%%' or data = 'COMMIT'
          """
              .formatted(slot);
      try (ResultSet lines = statement.executeQuery(query)) {
        while (lines.next()) {
          add(lines, builder);
        }
      }
      Truth truth = builder.build(rows(statement));
      connection.commit();
      return truth;
    } finally {
      connection.setAutoCommit(autoCommit);
    }
  }

  private static void add(ResultSet line, TruthBuilder builder) throws SQLException {
    String text = line.getString(1);
    if (text.equals(COMMIT)) {
      builder.addCommit(line.getLong(2), line.getLong(3));
    } else {
      builder.add(text);
    }
  }

  private static Map<String, Map<String, Image>> rows(Statement statement) throws SQLException {
    List<String> tables = new ArrayList<>();
    try (ResultSet names = statement.executeQuery("select distinct name from " + Tables.WATCHED)) {
      while (names.next()) {
        tables.add(names.getString(1));
      }
    }
    Map<String, Map<String, Image>> all = new HashMap<>();
    for (String table : tables) {
      all.put(table, rows(statement, Objects.requireNonNull(Tables.shape(table), table)));
    }
    return all;
  }

  private static Map<String, Image> rows(Statement statement, Shape shape) throws SQLException {
    Map<String, Image> rows = new HashMap<>();
    if (shape.key().isEmpty()) {
      return rows;
    }
    try (ResultSet found =
        statement.executeQuery("select row_to_json(t)::text from " + shape.table() + " as t")) {
      while (found.next()) {
        Map<String, @Nullable String> row = FlatJson.parse(found.getString(1));
        rows.put(String.valueOf(shape.keyOf(row)), shape.image(row));
      }
    }
    return rows;
  }
}
