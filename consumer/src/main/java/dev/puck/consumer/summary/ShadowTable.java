package dev.puck.consumer.summary;

import dev.puck.consumer.config.TableName;
import dev.puck.consumer.projection.StalledException;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;

/**
 * A temporary table like a summary's, with its indexes. Each method works in the caller's
 * transaction. Owned by one thread.
 */
final class ShadowTable {
  static final TableName NAME = new TableName("pg_temp", "puck_shadow");

  private final TableName target;

  ShadowTable(TableName target) {
    this.target = target;
  }

  /**
   * Makes it, empty.
   *
   * @throws StalledException if rows of the target cannot be told apart
   */
  void create(Connection connection) throws SQLException {
    requireKey(connection);
    execute(
        connection, "create temporary table puck_shadow (like %s including all)", target.quoted());
  }

  /** Takes JSON objects whose names are columns. */
  void add(Connection connection, List<String> rows) throws SQLException {
    String sql =
        "insert into %1$s (%2$s) overriding system value select %2$s from"
            + " jsonb_populate_recordset(null::%1$s, ?::jsonb)";
    try (PreparedStatement insert =
        connection.prepareStatement(sql.formatted(NAME.quoted(), columns(connection)))) {
      insert.setString(1, "[" + String.join(",", rows) + "]");
      insert.executeUpdate();
    }
  }

  /** Lets the planner know how large it is. */
  void analyze(Connection connection) throws SQLException {
    execute(connection, "analyze %s", NAME.quoted());
  }

  /**
   * Gives the target exactly its rows. Only those that differ are written, so that a summary that
   * was right costs a comparison; readers see all at once, at commit.
   */
  void replaceTarget(Connection connection) throws SQLException {
    execute(
        connection,
        "delete from %1$s as target where not exists (select from %2$s as shadow where shadow ="
            + " target)",
        target.quoted(),
        NAME.quoted());
    execute(
        connection,
        "insert into %1$s (%3$s) overriding system value select %3$s from %2$s as shadow where not"
            + " exists (select from %1$s as target where target = shadow)",
        target.quoted(),
        NAME.quoted(),
        columns(connection));
  }

  private void requireKey(Connection connection) throws SQLException {
    boolean unique =
        Query.one(
            connection,
            """
            select exists (select from pg_catalog.pg_index where indrelid = ?::regclass and indisunique)
            """,
            row -> row.getBoolean(1),
            target.quoted());
    if (!unique) {
      throw new StalledException(
          target.quoted()
              + " has no primary key and no unique index, so that its rows cannot be told apart;"
              + " add one: a resync replaces the rows that differ.",
          new IllegalStateException());
    }
  }

  /** Those that may be written. */
  private String columns(Connection connection) throws SQLException {
    return Query.one(
        connection,
        """
        select string_agg(quote_ident(attname), ', ' order by attnum)
          from pg_catalog.pg_attribute
         where attrelid = ?::regclass and attnum > 0 and not attisdropped and attgenerated = ''
        """,
        row -> row.getString(1),
        target.quoted());
  }

  private static void execute(Connection connection, String sql, String... names)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql.formatted((Object[]) names));
    }
  }
}
