package dev.puck.bridge.schema;

import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;

/** A role that may log in, and nothing more; gone when closed. */
final class TestRole implements AutoCloseable {
  private final TestEnvironment environment;
  private final String name;

  TestRole(TestEnvironment environment, String suffix) throws SQLException {
    this.environment = environment;
    this.name = environment.name() + "_" + suffix;
    asSuperuser("create role " + name + " login password 'secret'");
  }

  String name() {
    return name;
  }

  Connection connect() throws SQLException {
    return DriverManager.getConnection(environment.url(), name, "secret");
  }

  void asSuperuser(String sql) throws SQLException {
    try (Connection connection = environment.connect()) {
      Sql.run(connection, sql);
    }
  }

  @Override
  public void close() throws SQLException {
    asSuperuser("drop owned by " + name + " cascade; drop role " + name);
  }
}
