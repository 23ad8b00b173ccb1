package dev.puck.consumer.database;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.PostgresFailure;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** Creates the tables in {@code puck_consumer} where they are missing, or of an older version. */
final class ConsumerTables {
  private static final String FILE = "consumer/subscription_offset.sql";

  private ConsumerTables() {}

  static void createIfMissing(PostgresConfig config, Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // First a look: "if not exists" asks for the right to create even where nothing is created.
      if (isMissing(statement)) {
        statement.execute(SqlFile.read(FILE));
      }
    } catch (SQLException e) {
      if (PostgresFailure.stateOf(e).equals("42501")) {
        throw new ConfigException(
            "PostgreSQL at "
                + config.address()
                + " does not let user '"
                + config.user()
                + "' create the schema puck_consumer. Run sql/"
                + FILE
                + " as a role that may, and grant it.",
            e);
      }
      throw e;
    }
  }

  private static boolean isMissing(Statement statement) throws SQLException {
    try (ResultSet row =
        statement.executeQuery(
            """
            select not exists
                     (
                       select
                         from pg_catalog.pg_attribute
                              join pg_catalog.pg_class on pg_class.oid = attrelid
                              join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
                        where nspname = 'puck_consumer'
                          and relname = 'resync'
                          and attname = 'finished'
                     )
            """)) {
      row.next();
      return row.getBoolean(1);
    }
  }
}
