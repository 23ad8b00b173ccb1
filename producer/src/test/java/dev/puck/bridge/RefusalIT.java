package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.ConfigException;
import dev.puck.service.http.PortInUseException;
import dev.puck.service.retry.TransientException;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.assertj.core.api.AbstractStringAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What cannot work is refused at start, by one line with the value and the fix. */
@ExtendWith(PuckExtension.class)
class RefusalIT {
  @Test
  void shouldNameTheRoleWhosePasswordIsWrong(TestEnvironment environment) throws SQLException {
    // Given
    String role = environment.name() + "_role";
    try (Connection connection = environment.connect();
        Statement statement = connection.createStatement()) {
      statement.execute("create role " + role + " login password 'right'");
      try {
        // When
        Throwable refusal = refusal(setup(environment).login(role, "wrong"));

        // Then
        assertOneLine(refusal, ConfigException.class)
            .matches(
                "PostgreSQL at [0-9.]+:\\d+/%s refuses user '%s' \\(FATAL: password authentication failed for user \"%s\"\\)\\. Check user, password and role, and pg_hba\\.conf\\."
                    .formatted(environment.database(), role, role));
        assertThat(refusal.getMessage()).doesNotContain("wrong");
      } finally {
        statement.execute("drop role " + role);
      }
    }
  }

  @Test
  void shouldNameTheDatabaseThatIsMissing(TestEnvironment environment) {
    // When
    String url = environment.url("no_such_database");
    Throwable refusal = refusal(setup(environment).url(url));

    // Then
    assertOneLine(refusal, ConfigException.class)
        .contains(
            "/no_such_database: that database does not exist. Create it, or correct the url.");
  }

  @Test
  void shouldSayThatPostgresIsDown(TestEnvironment environment) throws IOException {
    // When
    int port = freePort();
    Throwable refusal =
        refusal(setup(environment).url("jdbc:postgresql://127.0.0.1:" + port + "/app"));

    // Then
    assertOneLine(refusal, TransientException.class)
        .contains("PostgreSQL at 127.0.0.1:" + port + "/app cannot be reached")
        .endsWith("Is it running, and is the url right?");
  }

  @Test
  void shouldSayThatKafkaIsDown(TestEnvironment environment) throws IOException {
    // When
    String address = "127.0.0.1:" + freePort();
    Map<String, String> soon =
        Map.of("default.api.timeout.ms", "1000", "request.timeout.ms", "1000");
    Throwable refusal = refusal(setup(environment).bootstrapServers(address).kafkaProperties(soon));

    // Then
    assertOneLine(refusal, TransientException.class)
        .contains("Kafka at " + address + " gave no answer for ")
        .endsWith("Is it running, and is kafka.bootstrap-servers right?");
  }

  @Test
  void shouldNameTheKafkaSettingThatIsWrong(TestEnvironment environment) {
    // When
    Throwable protocol =
        refusal(setup(environment).kafkaProperties(Map.of("security.protocol", "TELEPATHY")));
    Throwable host = refusal(setup(environment).bootstrapServers("no-such-host.invalid:9092"));

    // Then
    assertOneLine(protocol, ConfigException.class).contains("security.protocol", "TELEPATHY");
    assertOneLine(host, TransientException.class)
        .contains("Kafka at no-such-host.invalid:9092 cannot be found")
        .endsWith("Is kafka.bootstrap-servers right?");
  }

  @Test
  void shouldNameTheTopicThatKafkaRefuses(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = setup(environment).route("other", "a_b", null);
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", environment.bootstrapServers()))) {
      admin.createTopics(List.of(new NewTopic(setup.topic("a.b"), 1, (short) 1))).all().get();
    }

    // When
    Throwable refusal = refusal(setup);

    // Then
    assertOneLine(refusal, ConfigException.class)
        .contains("refused making topic '" + setup.topic("a_b") + "'", "collides");
  }

  @Test
  void shouldNameThePortInUse(TestEnvironment environment) throws Exception {
    // Given
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      // When
      Throwable refusal = refusal(setup(environment).port(taken.getLocalPort()));

      // Then
      assertOneLine(refusal, PortInUseException.class)
          .startsWith("Cannot listen on 127.0.0.1:" + taken.getLocalPort())
          .contains("0 takes any free one");
    }
    assertThat(Thread.getAllStackTraces().keySet())
        .extracting(Thread::getName)
        .noneMatch(name -> name.endsWith("-" + environment.name()));
  }

  private static BridgeSetup setup(TestEnvironment environment) {
    return new BridgeSetup(environment).route("c", null, null);
  }

  private static Throwable refusal(BridgeSetup setup) {
    return catchThrowable(() -> setup.start().close());
  }

  private static AbstractStringAssert<?> assertOneLine(
      Throwable refusal, Class<? extends Throwable> type) {
    return assertThat(refusal).isInstanceOf(type).message().hasLineCount(1);
  }

  private static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    }
  }
}
