package dev.puck.containers;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A test of the first phase, so that a build without an engine ends before anything else is tested.
 */
class ContainerServersTest {
  private static ContainerServers servers;

  @BeforeAll
  static void requireEngine() {
    servers = new ContainerServers();
  }

  @AfterAll
  static void stop() {
    if (servers != null) {
      servers.close();
    }
  }

  @Test
  void shouldGivePostgresWithLogicalDecoding() throws SQLException {
    servers.createDatabase("shop");
    try (Connection connection = servers.connect("shop");
        Statement statement = connection.createStatement()) {
      assertThat(answer(statement, "show wal_level")).isEqualTo("logical");
      assertThat(answer(statement, "show server_encoding")).isEqualTo("UTF8");
    }
    servers.dropDatabase("shop");
  }

  @Test
  void shouldGiveKafka() throws Exception {
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", servers.bootstrapServers()))) {
      assertThat(admin.describeCluster().nodes().get()).hasSize(1);
    }
  }

  @Test
  void shouldGiveRedis() {
    assertThat(URI.create(servers.redisUrl()).getPort()).isPositive();
  }

  private static String answer(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
