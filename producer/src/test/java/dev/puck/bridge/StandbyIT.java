package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** Two processes of one bridge: one relays, the other takes over. */
@ExtendWith(PuckExtension.class)
class StandbyIT {
  @Test
  void shouldTakeOverWhenTheLeaderGoes(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = new BridgeSetup(environment).outbox().route("c", "c", null);
    try (Connection connection = environment.connect()) {
      new SchemaInstaller(connection).install();
      Bridge leader = setup.start();
      try (Bridge standby = setup.start();
          TopicReader reader = setup.read("c")) {
        assertThat(leader.status().role()).isEqualTo("active");
        assertThat(standby.status().role()).isEqualTo("standby");
        assertThat(standby.status().checks().values())
            .as("a rollout waits for it")
            .containsOnly("ok");
        publish(connection, "1");
        reader.awaitMessages(1);

        // When
        leader.close();
        publish(connection, "2");

        // Then
        reader.awaitMessages(2);
        assertThat(standby.status().role()).isEqualTo("active");
        assertThat(reader.values()).containsExactly("1", "2");
      } finally {
        leader.close();
      }
    }
  }

  @Test
  void shouldLeadAgainAfterItsSessionWasEnded(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = new BridgeSetup(environment).outbox().route("c", "c", null);
    try (Connection connection = environment.connect()) {
      new SchemaInstaller(connection).install();
      try (Bridge bridge = setup.start();
          TopicReader reader = setup.read("c")) {
        publish(connection, "1");
        reader.awaitMessages(1);

        // When: every session of the bridge
        run(
            connection,
            "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'puck"
                + " bridge "
                + environment.name()
                + "'");
        publish(connection, "2");

        // Then
        reader.awaitMessages(2);
        await().until(() -> bridge.status().role().equals("active"));
        assertThat(reader.all()).hasSize(2);
      }
    }
  }

  private static void publish(Connection connection, String payload) throws SQLException {
    run(connection, "select puck.publish('c', '" + payload + "', 'k')");
  }

  private static void run(Connection connection, String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }
}
