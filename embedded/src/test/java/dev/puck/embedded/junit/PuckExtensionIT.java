package dev.puck.embedded.junit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.embedded.EmbeddedServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class PuckExtensionIT {
  private static final Set<String> SEEN = new HashSet<>();
  private static final Set<EmbeddedServers> SERVERS = new HashSet<>();

  private final TestEnvironment ofConstructor;

  PuckExtensionIT(TestEnvironment environment) {
    this.ofConstructor = environment;
  }

  @RepeatedTest(2)
  void shouldGiveEachTestItsOwnDatabaseOnTheSameServers(
      TestEnvironment environment, EmbeddedServers servers) throws SQLException {
    // When
    try (Connection connection = environment.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create table only_mine (id int)");

      // Then
      assertThat(current(statement)).isEqualTo(environment.database());
    }
    SERVERS.add(servers);
    assertThat(SEEN.add(environment.topicPrefix())).isTrue();
    assertThat(SERVERS).hasSize(1);
    assertThat(environment.url()).isEqualTo(servers.postgres().url(environment.database()));
    assertThat(environment).isSameAs(ofConstructor);
  }

  @Test
  void shouldMakeMoreDatabases(TestEnvironment environment) {
    // When
    String first = environment.database();
    String second = environment.newDatabase();

    // Then
    assertThat(second).isNotEqualTo(first).startsWith(first);
    assertThat(environment.database()).isEqualTo(first);
  }

  @Test
  void shouldFailTheTestThatLeaksASession(EmbeddedServers servers) throws SQLException {
    // Given
    TestEnvironment environment =
        new TestEnvironment(new SharedEmbeddedServers(servers), Duration.ofMillis(100));
    String database = environment.database();
    try (Connection leaked = environment.connect();
        Statement statement = leaked.createStatement()) {
      statement.execute("set application_name = 'forgetful'");

      // When, Then
      assertThatThrownBy(environment::close)
          .isInstanceOf(AssertionError.class)
          .hasMessageContaining("forgetful");
    }
    assertThatThrownBy(() -> servers.postgres().connect(database))
        .hasMessageContaining("does not exist");
  }

  private static String current(Statement statement) throws SQLException {
    try (ResultSet row = statement.executeQuery("select current_database()")) {
      row.next();
      return row.getString(1);
    }
  }
}
