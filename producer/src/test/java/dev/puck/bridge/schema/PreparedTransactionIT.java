package dev.puck.bridge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.embedded.EmbeddedConfig;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.ServerConfig;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** On a server of its own, since the shared one prepares no transactions. */
class PreparedTransactionIT {
  @Test
  void shouldPrepareTransactionsThatDoNotWakeTheBridge() throws SQLException {
    // Given
    EmbeddedConfig config =
        EmbeddedConfig.defaults()
            .withPostgres(ServerConfig.defaults().withSetting("max_prepared_transactions", "2"));
    try (EmbeddedServers servers = EmbeddedServers.inTemporaryDirectory(config);
        Connection connection = servers.postgres().connect("postgres")) {
      new SchemaInstaller(connection).install();
      Sql.run(connection, "create table t (id int primary key)");
      Sql.run(connection, "select puck.watch('t')");
      String write = "begin; insert into t values (%s); select puck.publish('c', 'x')";

      // When
      Sql.run(connection, "set puck.wake = off");
      Sql.run(connection, write.formatted(1));
      Sql.run(connection, "prepare transaction 'a'");

      // Then
      Sql.run(connection, "reset puck.wake; select puck.wake_by('poll')");
      Sql.run(connection, write.formatted(2));
      Sql.run(connection, "prepare transaction 'b'");
      Sql.run(connection, "commit prepared 'a'");
      Sql.run(connection, "commit prepared 'b'");
      assertThat(Outbox.changes(connection)).containsExactly("c t {\"id\":1}", "c t {\"id\":2}");

      // When, Then: the reason for all this
      Sql.run(connection, "select puck.wake_by('notify')");
      Sql.run(connection, write.formatted(3));
      assertThatThrownBy(() -> Sql.run(connection, "prepare transaction 'c'"))
          .hasMessageContaining("NOTIFY");
    }
  }
}
