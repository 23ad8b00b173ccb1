package dev.puck.bridge;

import dev.puck.bridge.config.OnGap;
import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.source.wal.WalInstaller;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.connection.PostgresConfig;
import java.io.IOException;
import java.io.StringReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyManager;

/** A test's database with a slot, which it drops in the end, and a session in it. */
final class WalDatabase implements AutoCloseable {
  private final TestEnvironment environment;
  private final Connection connection;

  WalDatabase(TestEnvironment environment) throws SQLException {
    this.environment = environment;
    this.connection = environment.connect();
  }

  String slot() {
    return environment.name() + "_slot";
  }

  /** A bridge that reads it. */
  BridgeSetup setup() {
    return setup(OnGap.STOP);
  }

  BridgeSetup setup(OnGap onGap) {
    return setup(onGap, false);
  }

  /** A bridge that also relays what tables have already. */
  BridgeSetup setupWithStartingState() {
    return setup(OnGap.STOP, true);
  }

  BridgeSetup setup(OnGap onGap, boolean startingState) {
    return new BridgeSetup(environment)
        .wal(new WalConfig(slot(), "puck", onGap, false, startingState, false));
  }

  /** Makes slot and publication. */
  List<String> install(String... tables) throws SQLException {
    return install(false, tables);
  }

  List<String> install(boolean full, String... tables) throws SQLException {
    PostgresConfig config = new PostgresConfig(environment.url(), "postgres", null);
    return new WalInstaller(connection, config, slot(), "puck").install(List.of(tables), full);
  }

  void run(String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }

  /** Copies rows with a number, from that one on, and a text. */
  void copy(String sql, int from, int rows) throws SQLException, IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = from; i < from + rows; i++) {
      lines.append(i).append("\tbody of row ").append(i).append('\n');
    }
    CopyManager manager = connection.unwrap(PGConnection.class).getCopyAPI();
    manager.copyIn(sql, new StringReader(lines.toString()));
  }

  String ask(String sql) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return String.valueOf(row.getString(1));
    }
  }

  /** How far the slot was confirmed. */
  String confirmed() throws SQLException {
    return ask(
        "select confirmed_flush_lsn from pg_replication_slots where slot_name = '" + slot() + "'");
  }

  void dropSlot() throws SQLException {
    run(
        "select pg_drop_replication_slot(slot_name) from pg_replication_slots where slot_name = '"
            + slot()
            + "'");
  }

  /** A metric's value, by its line in the exposition format. */
  double metric(Bridge bridge, String name) throws IOException, InterruptedException {
    HttpResponse<String> answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(URI.create(bridge.url() + "/metrics")).build(),
                HttpResponse.BodyHandlers.ofString());
    return answer
        .body()
        .lines()
        .filter(line -> line.startsWith(name + " "))
        .mapToDouble(line -> Double.parseDouble(line.substring(name.length() + 1)))
        .findFirst()
        .orElse(Double.NaN);
  }

  /** The slot would keep the database from being dropped. */
  @Override
  public void close() throws SQLException {
    try (connection) {
      // Whoever reads it is just ending.
      run(
          "select pg_terminate_backend(active_pid, 5000) from pg_replication_slots"
              + " where active_pid is not null and slot_name = '"
              + slot()
              + "'");
      dropSlot();
    }
  }
}
