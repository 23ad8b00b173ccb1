package dev.puck.cli.demo;

import dev.puck.service.connection.Postgres;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Writes actions, each in a transaction of its own, over one connection. For one thread. */
final class ActivityWriter implements AutoCloseable {
  private static final String INSERT =
      "insert into tweet.activity (messageid, action) values (?, ?::tweet.action_t)";

  private final Connection connection;
  private final PreparedStatement insert;

  ActivityWriter(Postgres postgres) throws SQLException {
    this.connection = postgres.connect();
    this.insert = connection.prepareStatement(INSERT);
  }

  /** Returns when the action is committed. */
  void write(long messageid, Action action) throws SQLException {
    insert.setLong(1, messageid);
    insert.setString(2, action.label());
    insert.executeUpdate();
  }

  @Override
  public void close() throws SQLException {
    connection.close();
  }
}
