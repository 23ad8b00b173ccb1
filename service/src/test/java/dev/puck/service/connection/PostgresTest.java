package dev.puck.service.connection;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Secret;
import dev.puck.service.retry.TransientException;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Properties;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(30)
class PostgresTest {
  @Test
  void shouldSayThatNothingListens() throws IOException {
    int port = Ports.closed();

    assertThatThrownBy(() -> postgres(port, "puck", null).connect())
        .isInstanceOf(TransientException.class)
        .hasMessageStartingWith("PostgreSQL at 127.0.0.1:" + port + "/app cannot be reached (")
        .hasMessageEndingWith("). Is it running, and is the url right?")
        .hasCauseInstanceOf(SQLException.class)
        .message()
        .hasLineCount(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"28P01", "28000", "42501"})
  void shouldStopWhenTheServerRefusesTheUser(String state) throws IOException {
    try (FakePostgres server = FakePostgres.refusing(state, "go away")) {
      assertThatThrownBy(() -> postgres(server.port(), "puck", new Secret("hunter2")).connect())
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "PostgreSQL at 127.0.0.1:%s/app refuses user 'puck' (FATAL: go away). Check user,"
                  + " password and role, and pg_hba.conf.",
              server.port());
    }
  }

  @Test
  void shouldStopWhenTheServerWantsAPassword() throws IOException {
    try (FakePostgres server = FakePostgres.askingForPassword()) {
      assertThatThrownBy(() -> postgres(server.port(), null, null).connect())
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("refuses the user (")
          .hasMessageContaining("password");
    }
  }

  @Test
  void shouldStopWhenTheDatabaseDoesNotExist() throws IOException {
    try (FakePostgres server = FakePostgres.refusing("3D000", "database \"app\" does not exist")) {
      assertThatThrownBy(() -> postgres(server.port(), "puck", null).connect())
          .isInstanceOf(ConfigException.class)
          .hasMessage(
              "PostgreSQL at 127.0.0.1:%s/app: that database does not exist. Create it, or correct"
                  + " the url.",
              server.port());
    }
  }

  @ParameterizedTest
  @CsvSource({"57P03, the database system is starting up", "53300, too many clients already"})
  void shouldTryAgainWhenTheServerIsBusy(String state, String message) throws IOException {
    try (FakePostgres server = FakePostgres.refusing(state, message)) {
      assertThatThrownBy(() -> postgres(server.port(), "puck", null).connect())
          .isInstanceOf(TransientException.class)
          .hasMessageContaining(message);
    }
  }

  @Test
  void shouldSayWhatFailedInOneLine() {
    PostgresConfig config = new PostgresConfig("postgresql://db1/app", "puck", null);

    assertThat(
            PostgresFailure.working(config, "reading", new SQLException("ERROR: no\n  Where: x")))
        .hasMessage("PostgreSQL at db1/app failed while reading (ERROR: no).");
    assertThat(PostgresFailure.stateOf(new SQLException("x"))).isEmpty();
  }

  @Test
  void shouldHandTheDriverWhatItNeeds() {
    Properties properties = postgres(1, "puck", new Secret("hunter2")).properties();

    assertThat(properties)
        .containsEntry("ApplicationName", "test")
        .containsEntry("user", "puck")
        .containsEntry("password", "hunter2");
  }

  private static Postgres postgres(int port, @Nullable String user, @Nullable Secret password) {
    String url = "postgresql://127.0.0.1:" + port + "/app?sslmode=disable&gssEncMode=disable";
    return new Postgres(new PostgresConfig(url, user, password), "test");
  }
}
