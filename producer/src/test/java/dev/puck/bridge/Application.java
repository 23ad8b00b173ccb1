package dev.puck.bridge;

import dev.puck.bridge.config.OnGap;
import dev.puck.bridge.config.SourceType;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Does the same whatever source the bridge reads. */
final class Application implements AutoCloseable {
  private final SourceType type;
  private final TestEnvironment environment;
  private final Connection connection;
  private final WalDatabase wal;

  Application(SourceType type, TestEnvironment environment) throws SQLException {
    this.type = type;
    this.environment = environment;
    this.connection = environment.connect();
    this.wal = new WalDatabase(environment);
  }

  boolean isDurable() {
    return type != SourceType.NOTIFY;
  }

  void run(String... statements) throws SQLException {
    wal.run(statements);
  }

  void capture(String... tables) throws SQLException {
    if (isDurable()) {
      new SchemaInstaller(connection).install();
    }
    if (type == SourceType.OUTBOX) {
      for (String table : tables) {
        run("select puck.watch('" + table + "')");
      }
    } else if (type == SourceType.WAL) {
      run("select puck.publish_to('wal')");
      wal.install(true, tables);
    }
  }

  BridgeSetup setup() {
    return switch (type) {
      case NOTIFY -> new BridgeSetup(environment);
      case OUTBOX -> new BridgeSetup(environment).outbox();
      case WAL -> wal.setup(OnGap.RESYNC, /* startingState= */ true);
    };
  }

  void publish(String channel, String payload) throws SQLException {
    String function = type == SourceType.NOTIFY ? "pg_notify" : "puck.publish";
    run("select " + function + "('" + channel + "', '" + payload + "')");
  }

  /** Numbers, each in a transaction of its own. */
  void publish(int first, int count) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      String function = type == SourceType.NOTIFY ? "pg_notify" : "puck.publish";
      for (int number = first; number < first + count; number++) {
        statement.execute("select " + function + "('orders', '" + number + "')");
      }
    }
  }

  void changeRows() throws SQLException {
    if (isDurable()) {
      run(
          "select puck.publish('orders', null, 'k', '{\"trace\": \"7\"}')",
          "insert into sale values (1, 'NaN'), (2, null)",
          "update sale set amount = 3 where id = 1",
          "update sale set id = 4 where id = 1",
          "delete from sale where id = 4",
          "insert into note values ('a'), (null)",
          "delete from note where line = 'a'",
          "truncate sale");
    }
  }

  /** What the source cannot tell. */
  void loseSomething() throws SQLException {
    switch (type) {
      case NOTIFY -> publish("orders", "nobody hears it");
      case OUTBOX -> run("truncate measure_1");
      case WAL -> wal.dropSlot();
    }
  }

  @Override
  public void close() throws SQLException {
    try (connection) {
      wal.close();
    }
  }
}
