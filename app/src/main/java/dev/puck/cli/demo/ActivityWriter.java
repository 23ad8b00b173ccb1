package dev.puck.cli.demo;

import dev.puck.service.connection.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes actions, each in a transaction of its own, over one connection. For one thread. */
final class ActivityWriter implements AutoCloseable {
  private final Connection connection;
  private final PreparedStatement statement;

  ActivityWriter(Postgres postgres, Deed deed) throws SQLException {
    this.connection = postgres.connect();
    this.statement = connection.prepareStatement(deed.sql());
  }

  /** Returns when the action is committed. */
  void write(long messageid, Action action) throws SQLException {
    statement.setLong(1, messageid);
    statement.setString(2, action.label());
    statement.execute();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
