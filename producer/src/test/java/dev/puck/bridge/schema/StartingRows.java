package dev.puck.bridge.schema;

import dev.puck.bridge.source.outbox.CapturedRows;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Reads a table's starting state, in the statements that a bridge would use. */
final class StartingRows {
  private final Connection connection;

  StartingRows(Connection connection) {
    this.connection = connection;
  }

  /** The keys of one step. */
  List<String> step(String table, @Nullable String position, @Nullable Integer maxRows)
      throws SQLException {
    List<String> keys = new ArrayList<>();
    for (Row row : read(table, position, maxRows)) {
      keys.add(row.keyAndImage().substring(0, row.keyAndImage().indexOf('|')));
    }
    return keys;
  }

  /** Relation, key and image of all rows, read in steps; in the order of the steps. */
  List<String> all(String table, @Nullable Integer maxRows) throws SQLException {
    List<String> all = new ArrayList<>();
    @Nullable String position = null;
    do {
      List<Row> step = read(table, position, maxRows);
      step.forEach(row -> all.add(row.relation() + "|" + row.keyAndImage()));
      position = step.isEmpty() ? null : step.get(step.size() - 1).position();
    } while (position != null);
    return all;
  }

  /** The same of what was captured, in the order of capture. */
  List<String> captured() throws SQLException {
    return Outbox.tell(connection, row -> row.relid() + "|" + row.key() + "|" + row.newRow());
  }

  int id(String table) throws SQLException {
    return Integer.parseInt(
        Sql.text(
            connection,
            "select id from puck.watched where relation = '%s'::regclass".formatted(table)));
  }

  String estimate(String table) throws SQLException {
    return Sql.text(connection, "select puck.starting_estimate(%d)".formatted(id(table)));
  }

  private List<Row> read(String table, @Nullable String position, @Nullable Integer maxRows)
      throws SQLException {
    CapturedRows rows = new CapturedRows(connection);
    List<Row> read = new ArrayList<>();
    try (PreparedStatement statement =
        connection.prepareStatement(
            """
            select relid, capture,
                   case when (details).fields is not null then
                     puck.shape((details).fields, (details).key_columns)
                   end,
                   new_row, position
              from puck.starting_rows(?, ?, ?)
            """)) {
      statement.setInt(1, id(table));
      statement.setString(2, position);
      statement.setObject(3, maxRows, Types.INTEGER);
      try (ResultSet result = statement.executeQuery()) {
        while (result.next()) {
          read.add(
              new Row(
                  result.getLong(1),
                  rows.keyAndImage(result.getInt(2), result.getString(3), result.getString(4)),
                  result.getString(5)));
        }
      }
    }
    return read;
  }

  private record Row(long relation, String keyAndImage, @Nullable String position) {}
}
