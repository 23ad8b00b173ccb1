package dev.puck.bridge.source.outbox;

import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** A superuser's session in a test's database. */
final class Database implements AutoCloseable {
  private final String url;
  private final Connection connection;

  private Database(String url) throws SQLException {
    this.url = url;
    this.connection = DriverManager.getConnection(url, "postgres", "postgres");
  }

  /** The test's own, with the schema installed. */
  static Database withSchema(TestEnvironment environment) throws SQLException {
    return withSchema(environment.url());
  }

  static Database withSchema(String url) throws SQLException {
    Database database = new Database(url);
    new SchemaInstaller(database.connection).install();
    return database;
  }

  /** One more session in the same. */
  Database another() throws SQLException {
    return new Database(url);
  }

  String url() {
    return url;
  }

  /** Runs each in turn; by default in a transaction of its own. */
  void run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** The first column, as text; null values as {@code null} in letters. */
  List<String> column(String sql) throws SQLException {
    List<String> values = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      while (rows.next()) {
        values.add(String.valueOf(rows.getString(1)));
      }
    }
    return values;
  }

  /** The first value of the only row. */
  String text(String sql) throws SQLException {
    return column(sql).get(0);
  }

  long number(String sql) throws SQLException {
    return Long.parseLong(text(sql));
  }

  Connection connection() {
    return connection;
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
