package dev.puck.bridge.schema;

import dev.puck.service.connection.Query;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * The watched tables of one database, by {@code puck.watch}, {@code puck.unwatch} and their list.
 */
public final class WatchRepository {
  /** Generated columns are left out without being asked for. */
  private static final String LIST =
      """
      select w.relation::oid as relation,
             pg_catalog.format('%I.%I', w.schema_name, w.table_name) as name,
             w.schema_name || '.' || w.table_name as catalog_name,
             exists (select from pg_catalog.pg_class as c where c.oid = w.relation) as exists,
             w.key_columns, w.version, w.only_columns, w.mask, w.filter, w.replica, w.generated,
             w.watched_at,
             array(
               select l.name
                 from pg_catalog.unnest(w.left_out) with ordinality as l (name, place)
                where w.only_columns is null
                  and (w.generated
                       or not exists (
                            select from pg_catalog.pg_attribute as a
                             where a.attrelid = w.relation and a.attname = l.name
                               and a.attgenerated <> ''))
                order by l.place) as exclude
        from puck.watched as w
       order by name, relation
      """;

  /** A table that was dropped has but the name that we kept. */
  private static final String FIND_WATCHED =
      """
      select w.relation::oid
        from puck.watched as w
       where w.relation = pg_catalog.to_regclass(?)
          or not exists (select from pg_catalog.pg_class as c where c.oid = w.relation)
             and pg_catalog.parse_ident(?) in (
                   array[w.table_name], array[w.schema_name, w.table_name])
       order by w.relation = pg_catalog.to_regclass(?) desc
      """;

  private static final String TABLES =
      """
      select pg_catalog.format('%I.%I', n.nspname, c.relname)
        from pg_catalog.pg_class as c
        join pg_catalog.pg_namespace as n on n.oid = c.relnamespace
       where c.relkind in ('r', 'p') and not c.relispartition
         and n.nspname not in ('pg_catalog', 'information_schema', 'puck')
         and n.nspname !~ '^pg_(toast|temp)'
       order by 1
      """;

  private static final String WATCH =
      """
      select puck.watch(
        ?::bigint::oid::regclass, columns => ?::text[], exclude => ?::text[], mask => ?::jsonb,
        filter => ?::text, replica => ?, generated => ?)
      """;

  private final Connection connection;

  /**
   * Of one database.
   *
   * @param connection in auto-commit mode, so that each call is a transaction; stays open
   */
  public WatchRepository(Connection connection) {
    this.connection = connection;
  }

  /** All watched tables, by name. */
  public List<WatchedTable> list() throws SQLException {
    return Query.list(connection, LIST, WatchRepository::read);
  }

  /** How the table is captured; empty for one that is not. */
  public Optional<WatchedTable> watched(long relation) throws SQLException {
    return list().stream().filter(table -> table.relation() == relation).findFirst();
  }

  /** The table of that name, spelled as in SQL; empty where there is none. */
  public OptionalLong find(String name) throws SQLException {
    return first(
        Query.list(
            connection, "select pg_catalog.to_regclass(?)::oid", row -> row.getLong(1), name));
  }

  /** The watched table of that name, also one that was dropped since. */
  public OptionalLong findWatched(String name) throws SQLException {
    return first(Query.list(connection, FIND_WATCHED, row -> row.getLong(1), name, name, name));
  }

  /** The application's tables, qualified and quoted as SQL wants them. */
  public List<String> tables() throws SQLException {
    return Query.list(connection, TABLES, row -> row.getString(1));
  }

  /** What is wrong with the capture of watched tables: the table, what, and how to mend it. */
  public List<CaptureFinding> findings() throws SQLException {
    return Query.list(
        connection,
        "select relation, problem, fix from puck.findings() order by 1, 2",
        row -> new CaptureFinding(row.getString(1), row.getString(2), row.getString(3)));
  }

  /** Captures the table so; returns the version of its capture. */
  public int watch(long relation, WatchOptions options) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(WATCH)) {
      statement.setLong(1, relation);
      setArray(statement, 2, options.columns());
      setArray(statement, 3, options.exclude().isEmpty() ? null : options.exclude());
      statement.setString(4, options.mask());
      statement.setString(5, options.filter());
      statement.setBoolean(6, options.replica());
      statement.setBoolean(7, options.generated());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getInt(1);
      }
    }
  }

  /** Ends the capture of the table; returns whether there was one. */
  public boolean unwatch(long relation) throws SQLException {
    return Query.one(
        connection,
        "select puck.unwatch(?::oid::regclass)",
        row -> row.getBoolean(1),
        Long.toString(relation));
  }

  private static WatchedTable read(ResultSet row) throws SQLException {
    @Nullable Array only = row.getArray("only_columns");
    String mask = row.getString("mask");
    return new WatchedTable(
        row.getLong("relation"),
        row.getString("name"),
        row.getString("catalog_name"),
        row.getBoolean("exists"),
        texts(row.getArray("key_columns")),
        row.getInt("version"),
        new WatchOptions(
            only == null ? null : texts(only),
            texts(row.getArray("exclude")),
            mask.equals("{}") ? null : mask,
            row.getString("filter"),
            row.getBoolean("replica"),
            row.getBoolean("generated")),
        row.getTimestamp("watched_at").toInstant());
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private void setArray(PreparedStatement statement, int index, @Nullable List<String> values)
      throws SQLException {
    if (values == null) {
      statement.setNull(index, Types.NULL);
    } else {
      statement.setArray(index, connection.createArrayOf("text", values.toArray()));
    }
  }

  private static OptionalLong first(List<Long> oids) {
    Optional<Long> first = oids.stream().filter(oid -> oid != 0).findFirst();
    return first.map(OptionalLong::of).orElseGet(OptionalLong::empty);
  }
}
