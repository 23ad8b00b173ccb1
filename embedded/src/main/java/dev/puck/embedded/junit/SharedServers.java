package dev.puck.embedded.junit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * The servers that all tests of a run share: the embedded ones, unless the class path provides
 * others as a {@link java.util.ServiceLoader service}, which then needs a public constructor
 * without parameters. Each server starts when it is first asked for. Thread-safe.
 */
public interface SharedServers extends AutoCloseable {
  /** The JDBC URL of a database, without user and password; logical decoding is on. */
  String postgresUrl(String database);

  /** What Kafka's clients connect to. */
  String bootstrapServers();

  /** Where Redis is, as {@code redis://HOST:PORT}. */
  String redisUrl();

  /** The superuser, who needs no password; every other role needs its own. */
  default String user() {
    return "postgres";
  }

  /** For clients that insist on one. */
  default String password() {
    return "postgres";
  }

  /** Connects the superuser. */
  default Connection connect(String database) throws SQLException {
    return DriverManager.getConnection(postgresUrl(database), user(), password());
  }

  /** Makes an empty database. */
  default void createDatabase(String database) throws SQLException {
    execute("create database \"" + database + '"');
  }

  /** Drops the database, if it is there, with everybody's sessions in it. */
  default void dropDatabase(String database) throws SQLException {
    execute("drop database if exists \"" + database + "\" with (force)");
  }

  /** Ends all that were started, with their data. */
  @Override
  void close();

  private void execute(String sql) throws SQLException {
    try (Connection connection = connect(user());
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
