package dev.puck.lab.bench.stage;

import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.embedded.EmbeddedPostgres;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/**
 * A database of the bench's own. Thread-safe.
 *
 * @param postgres where it is
 * @param name how it is called there
 */
public record Database(EmbeddedPostgres postgres, String name) {
  /** An empty one with the schema {@code puck}. */
  static Database create(EmbeddedPostgres postgres, String name) throws SQLException {
    postgres.createDatabase(name);
    Database database = new Database(postgres, name);
    try (Connection connection = database.connect()) {
      new SchemaInstaller(connection).install();
    }
    return database;
  }

  /** A new connection, owned by the caller. */
  public Connection connect() throws SQLException {
    return postgres.connect(name);
  }

  /** Runs statements, each in a transaction of its own. */
  public void execute(String... statements) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement()) {
      for (String sql : statements) {
        statement.execute(sql);
      }
    }
  }

  /** The one value that a query gives. */
  public String ask(String query) throws SQLException {
    try (Connection connection = connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
