package dev.puck.bridge.source.wal;

import dev.puck.bridge.source.wal.pgoutput.ColumnDefinition;
import dev.puck.bridge.source.wal.pgoutput.RelationDefinition;
import dev.puck.bridge.source.wal.pgoutput.ReplicaIdentity;
import dev.puck.bridge.source.wal.pgoutput.Tuple;
import dev.puck.bridge.type.OutputSettings;
import dev.puck.event.Snapshot;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * A connection that reads what tables have, each time under a snapshot that it tells. Rows come as
 * {@code COPY} has them, one after the other, so that only one is in memory. Owned by one thread.
 */
final class StartingScan implements AutoCloseable {
  private static final List<String> SETTINGS =
      List.of(
          // Rather none than a part of the rows.
          "set row_security = off",
          // The stream is not read meanwhile.
          "set lock_timeout = '1s'",
          "set statement_timeout = 0",
          "set idle_in_transaction_session_timeout = 0");

  /**
   * What the stream tells of a table, and its columns. Generated ones are in it only where the
   * publication says so; before PostgreSQL 15 it cannot choose columns, and before 18 not those.
   */
  private static final String COLUMNS =
      """
      select c.relreplident, a.attname, a.atttypid::bigint, a.atttypmod, format('%I', a.attname),
             c.relreplident = 'f' or exists (
               select from pg_catalog.pg_index as i
                where i.indrelid = c.oid and a.attnum = any (i.indkey::smallint[])
                  and case c.relreplident
                        when 'd' then i.indisprimary when 'i' then i.indisreplident else false end)
        from pg_catalog.pg_class as c
        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
        join pg_catalog.pg_attribute as a
          on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        join pg_catalog.pg_publication_tables as p
          on p.schemaname = n.nspname and p.tablename = c.relname
       where c.oid = ?::oid and p.pubname = ?
         and coalesce(jsonb_exists(to_jsonb(p) -> 'attnames', a.attname::text), true)
         and (a.attgenerated = '' or current_setting('server_version_num')::integer >= 180000)
       order by a.attnum
      """;

  private final Connection connection;
  private final String publication;
  private final String system;
  private @Nullable CopyOut copy;

  private StartingScan(Connection connection, String publication, String system) {
    this.connection = connection;
    this.publication = publication;
    this.system = system;
  }

  /**
   * Connects.
   *
   * @param publication which says what of a table is read
   * @param system the cluster's identifier
   */
  static StartingScan open(Postgres postgres, String publication, String system)
      throws SQLException {
    Connection connection = postgres.connect();
    try {
      for (String each : OutputSettings.STATEMENTS) {
        execute(connection, each);
      }
      for (String each : SETTINGS) {
        execute(connection, each);
      }
      connection.setAutoCommit(false);
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      return new StartingScan(connection, publication, system);
    } catch (SQLException | RuntimeException e) {
      connection.close();
      throw e;
    }
  }

  /**
   * What is known of a table within a scan.
   *
   * @param system the cluster's identifier
   * @param snapshot that all its rows are read under
   * @param list its columns, in SQL
   */
  record Begun(
      String system,
      Snapshot snapshot,
      RelationDefinition definition,
      String list,
      StartingKey key) {
    List<String> columns() {
      return definition.columns().stream().map(ColumnDefinition::name).toList();
    }
  }

  /** Begins a transaction, in which the table stays as it is. */
  Begun begin(StartingTable table) throws SQLException {
    // First, so that its name is not given to another one between the snapshot and the rows.
    execute(connection, "lock table " + table.sql() + " in access share mode");
    Snapshot snapshot =
        Query.one(
            connection,
            "select pg_current_snapshot()::text",
            row -> Snapshot.parse(row.getString(1)));
    List<Column> columns =
        Query.list(
            connection,
            COLUMNS,
            row ->
                new Column(
                    row.getString(1),
                    row.getString(5),
                    new ColumnDefinition(
                        row.getBoolean(6), row.getString(2), row.getLong(3), row.getInt(4))),
            Long.toString(table.oid()),
            publication);
    RelationDefinition definition =
        new RelationDefinition(
            table.oid(),
            table.relation().schema(),
            table.relation().table(),
            identity(columns),
            columns.stream().map(Column::definition).toList());
    String list = columns.stream().map(Column::sql).collect(Collectors.joining(", "));
    List<String> names = columns.stream().map(each -> each.definition().name()).toList();
    return new Begun(
        system, snapshot, definition, list, StartingKey.of(connection, table.oid(), names));
  }

  /**
   * Begins to read rows, those that fulfil the condition, in the order of the key if it has one.
   */
  void select(StartingTable table, Begun begun, String condition, int limit) throws SQLException {
    String filter = table.filter() == null ? "" : " and (" + table.filter() + ")";
    String order =
        begun.key().isPresent() ? " order by " + begun.key().order() + " limit " + limit : "";
    String sql =
        "copy (select %s from %s where %s%s%s) to stdout"
            .formatted(begun.list(), table.sql(), condition, filter, order);
    copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(sql);
  }

  /** The next row; null after the last. */
  @Nullable Tuple next(Begun begun) throws SQLException {
    CopyOut rows = copy;
    byte @Nullable [] line = rows == null ? null : rows.readFromCopy();
    if (line == null) {
      copy = null;
      return null;
    }
    return CopyText.tuple(line, begun.definition().columns().size());
  }

  /**
   * Ends the transaction, and what it reads; in the middle of rows only with the connection, since
   * the driver cannot use one again whose {@code COPY} it has cancelled.
   */
  void end() throws SQLException {
    if (copy == null) {
      connection.rollback();
    } else {
      connection.close();
    }
  }

  /** Whether it can be used again. */
  boolean isOpen() throws SQLException {
    return !connection.isClosed();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }

  private static ReplicaIdentity identity(List<Column> columns) {
    String letter = columns.isEmpty() ? "d" : columns.get(0).identity();
    for (ReplicaIdentity each : ReplicaIdentity.values()) {
      if (each.code() == letter.charAt(0)) {
        return each;
      }
    }
    throw new IllegalStateException("The catalog has a replica identity '" + letter + "'");
  }

  private static void execute(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private record Column(String identity, String sql, ColumnDefinition definition) {}
}
