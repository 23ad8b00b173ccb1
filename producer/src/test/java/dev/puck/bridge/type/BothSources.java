package dev.puck.bridge.type;

import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.outbox.CapturedRows;
import dev.puck.bridge.source.outbox.OutboxRow;
import dev.puck.bridge.source.wal.pgoutput.ColumnDefinition;
import dev.puck.bridge.source.wal.pgoutput.Insert;
import dev.puck.bridge.source.wal.pgoutput.ReplicationStream;
import dev.puck.bridge.source.wal.pgoutput.Tuple;
import dev.puck.embedded.junit.TestEnvironment;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A table whose inserts are captured by the outbox, and published by logical decoding. Its first
 * column is a key; the others are named c0, c1 and so on.
 */
final class BothSources implements AutoCloseable {
  private final Connection connection;
  private final ReplicationStream stream;

  private BothSources(Connection connection, ReplicationStream stream) {
    this.connection = connection;
    this.stream = stream;
  }

  static BothSources of(
      TestEnvironment environment, List<String> definitions, String table, List<String> types)
      throws SQLException {
    Connection connection = environment.connect();
    new SchemaInstaller(connection).install();
    try (Statement statement = connection.createStatement()) {
      for (String each : definitions) {
        statement.execute(each);
      }
      StringBuilder columns = new StringBuilder("id int generated always as identity primary key");
      for (int i = 0; i < types.size(); i++) {
        columns.append(", c").append(i).append(' ').append(types.get(i));
      }
      statement.execute("create table " + table + " (" + columns + ")");
      statement.execute("select puck.watch('" + table + "')");
      statement.execute("create publication p for table " + table);
    }
    String[] settings = OutputSettings.STATEMENTS.toArray(String[]::new);
    return new BothSources(connection, ReplicationStream.of(environment, "p", settings));
  }

  /**
   * An inserted row, mapped.
   *
   * @param values of each column but the first, from the WAL
   * @param misfits values that are not of their type's form; of the outbox those of all rows
   */
  record Row(String fromWal, String fromOutbox, List<String> values, long misfits) {
    String value(int column) {
      return values.get(column);
    }
  }

  void run(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  List<List<String>> query(String sql) throws SQLException {
    List<List<String>> rows = new ArrayList<>();
    try (Statement statement = connection.createStatement()) {
      for (String each : OutputSettings.STATEMENTS) {
        statement.execute(each);
      }
      try (ResultSet result = statement.executeQuery(sql)) {
        while (result.next()) {
          List<String> row = new ArrayList<>();
          for (int column = 1; column <= result.getMetaData().getColumnCount(); column++) {
            row.add(String.valueOf(result.getString(column)));
          }
          rows.add(row);
        }
      }
    }
    return rows;
  }

  /** All that were inserted since, in order. */
  List<Row> rows() throws SQLException {
    List<Insert> inserts =
        stream.changes().stream().filter(Insert.class::isInstance).map(Insert.class::cast).toList();
    AtomicLong misfits = new AtomicLong();
    SourceListener listener =
        new SourceListener() {
          @Override
          public void misfit(long values) {
            misfits.addAndGet(values);
          }
        };
    List<OutboxRow> captured = new CapturedRows(connection, listener).captured();
    TypeCatalog catalog = new TypeCatalog();
    List<Row> rows = new ArrayList<>();
    for (int i = 0; i < inserts.size(); i++) {
      Insert insert = inserts.get(i);
      List<ColumnDefinition> columns = insert.relation().columns();
      RowMapping mapping =
          catalog.rows(
              connection,
              columns.stream()
                  .map(each -> new TypedColumn(each.name(), each.typeOid(), each.typmod()))
                  .toList());
      rows.add(row(mapping, insert.after(), captured.get(i), misfits.get()));
    }
    return rows;
  }

  private static Row row(RowMapping mapping, Tuple tuple, OutboxRow captured, long misfits) {
    JsonBuffer wal = new JsonBuffer(100).letter('{');
    List<String> values = new ArrayList<>();
    for (int column = 0; column < tuple.size(); column++) {
      if (column > 0) {
        wal.letter(',');
      }
      mapping.writeName(column, wal);
      int from = wal.size();
      if (tuple.isNull(column)) {
        wal.raw("null");
      } else {
        mapping.writeText(column, tuple.bytes(), tuple.offset(column), tuple.length(column), wal);
      }
      if (column > 0) {
        values.add(wal.toString().substring(text(wal, from)));
      }
    }
    return new Row(
        wal.letter('}').toString(),
        String.valueOf(captured.newRow()),
        values,
        wal.misfits() + misfits);
  }

  /** Where the text of the buffer is that its bytes from there on make. */
  private static int text(JsonBuffer json, int bytes) {
    return new String(json.bytes(), 0, bytes, StandardCharsets.UTF_8).length();
  }

  @Override
  public void close() throws SQLException {
    stream.close();
    connection.close();
  }
}
