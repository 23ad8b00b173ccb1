package dev.puck.consumer.database;

import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.connection.PostgresFailure;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Creates the tables in {@code puck_consumer} where they are missing, or of an older version. */
public final class ConsumerTables {

  private ConsumerTables() {}

  /** Those of offsets, resyncs and dead letters. */
  static void createIfMissing(PostgresConfig config, Connection connection) throws SQLException {
    create(config, connection, "consumer/subscription_offset.sql", "dead_letter.replayed_at");
  }

  /**
   * Those of jobs.
   *
   * @throws ConfigException if the role may not create them
   */
  public static void createJobsIfMissing(PostgresConfig config, Connection connection)
      throws SQLException {
    create(config, connection, "consumer/job.sql", "job_run.note");
  }

  /** Runs the file unless that column, the newest of what it makes, is there. */
  private static void create(
      PostgresConfig config, Connection connection, String file, String newest)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      // First a look: "if not exists" asks for the right to create even where nothing is created.
      if (isMissing(connection, newest)) {
        statement.execute(SqlFile.read(file));
      }
    } catch (SQLException e) {
      if (PostgresFailure.stateOf(e).equals("42501")) {
        throw new ConfigException(
            "PostgreSQL at "
                + config.address()
                + " does not let user '"
                + config.user()
                + "' create tables in the schema puck_consumer. Run sql/"
                + file
                + " as a role that may, and grant it.",
            e);
      }
      throw e;
    }
  }

  private static boolean isMissing(Connection connection, String column) throws SQLException {
    return Query.one(
        connection,
        """
        select not exists
                 (
                   select
                     from pg_catalog.pg_attribute
                          join pg_catalog.pg_class on pg_class.oid = attrelid
                          join pg_catalog.pg_namespace on pg_namespace.oid = relnamespace
                    where nspname = 'puck_consumer'
                      and relname || '.' || attname = ?
                 )
        """,
        row -> row.getBoolean(1),
        column);
  }
}
