package dev.puck.embedded;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedPostgresIT {
  @TempDir private static Path directory;
  private static EmbeddedPostgres postgres;

  @BeforeAll
  static void startServer() {
    postgres = EmbeddedPostgres.startIn(directory, ServerConfig.defaults());
  }

  @AfterAll
  static void stopServer() {
    postgres.close();
  }

  @BeforeEach
  void startAgain() {
    postgres.start();
  }

  @Test
  void shouldDecodeLogicallyAndListenOnLoopbackOnly() throws SQLException {
    assertThat(query("show wal_level")).isEqualTo("logical");
    assertThat(query("show listen_addresses")).isEqualTo("127.0.0.1");
    assertThat(query("show unix_socket_directories")).isEmpty();
    assertThat(query("show max_connections")).isEqualTo("200");
    assertThat(query("show fsync")).isEqualTo("off");
    assertThat(query("show server_version")).startsWith("18.");
    assertThat(query("select upper('ä')")).isEqualTo("Ä");
  }

  @Test
  void shouldKeepDataAndPortOverARestart() throws SQLException {
    // Given
    int port = postgres.port();
    long processId = postgres.processId();
    execute("create table restarted as select 42 as answer");

    // When
    postgres.restart();

    // Then
    assertThat(query("select answer from restarted")).isEqualTo("42");
    assertThat(postgres.port()).isEqualTo(port);
    assertThat(postgres.processId()).isNotEqualTo(processId);
    assertThat(ProcessState.isGone(processId)).isTrue();
  }

  @Test
  void shouldLeaveNoProcessWhenKilledAndComeBackWithItsData() throws SQLException {
    // Given
    execute("create table killed as select 42 as answer");
    List<ProcessHandle> processes = processes();
    assertThat(processes).hasSizeGreaterThan(3);

    // When
    postgres.kill();

    // Then
    assertThat(postgres.isRunning()).isFalse();
    assertThat(processes).allMatch(ProcessState::isGone);
    postgres.start();
    assertThat(query("select answer from killed")).isEqualTo("42");
  }

  @Test
  void shouldAskOtherRolesForTheirPassword() throws SQLException {
    // Given
    execute("create role writer login password 'right'");

    // When, Then
    try (Connection connection =
        DriverManager.getConnection(postgres.url("postgres"), "writer", "right")) {
      assertThat(connection.isValid(1)).isTrue();
    }
    assertThatThrownBy(
            () -> DriverManager.getConnection(postgres.url("postgres"), "writer", "wrong"))
        .isInstanceOf(SQLException.class)
        .hasMessageContaining("password authentication failed");
  }

  @Test
  void shouldDropDatabasesWithSessionsInThem() throws SQLException {
    // Given
    String name = "of \"someone\"";
    postgres.createDatabase(name);
    try (Connection connection = postgres.connect("of%20%22someone%22")) {
      assertThat(connection.isValid(1)).isTrue();

      // When
      postgres.dropDatabase(name);

      // Then
      assertThat(connection.isValid(1)).isFalse();
    }
    assertThat(query("select count(*) from pg_database where datname like 'of%'")).isEqualTo("0");
  }

  @Test
  void shouldAnswerNobodyWhilePaused() throws SQLException {
    // When
    postgres.pause();

    // Then
    String impatient = postgres.url("postgres") + "&loginTimeout=1&socketTimeout=1";
    assertThatThrownBy(() -> DriverManager.getConnection(impatient, "postgres", ""))
        .isInstanceOf(SQLException.class);
    assertThat(postgres.isRunning()).isTrue();
    postgres.resume();
    assertThat(query("select 42")).isEqualTo("42");
  }

  @Test
  void shouldStopWhilePaused() {
    // Given
    postgres.pause();
    long start = System.nanoTime();

    // When
    postgres.stop();

    // Then
    assertThat(postgres.isRunning()).isFalse();
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
  }

  @Test
  void shouldShowTheLogOfAFailedStart(@TempDir Path other) {
    // Given
    ServerConfig wrong = ServerConfig.defaults().withSetting("shared_buffers", "a lot");

    // When, Then
    assertThatThrownBy(() -> EmbeddedPostgres.startIn(other, wrong))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("invalid value for parameter \"shared_buffers\"");
  }

  @Test
  void shouldSayThatTheGivenPortIsTaken(@TempDir Path other) {
    // Given
    ServerConfig taken = ServerConfig.defaults().withPort(postgres.port());

    // When, Then
    assertThatThrownBy(() -> EmbeddedPostgres.startIn(other, taken))
        .isInstanceOf(ServerException.class)
        .hasMessageContaining("Address already in use");
  }

  private static List<ProcessHandle> processes() {
    ProcessHandle server = ProcessHandle.of(postgres.processId()).orElseThrow();
    return Stream.concat(Stream.of(server), server.descendants()).toList();
  }

  private static void execute(String sql) throws SQLException {
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  private static String query(String sql) throws SQLException {
    try (Connection connection = postgres.connect("postgres");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(sql)) {
      rows.next();
      return rows.getString(1);
    }
  }
}
