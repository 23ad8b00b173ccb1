package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.consumer.config.ConsumerConfig;
import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.http.HttpConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class DatabaseOutageIT {
  private static final int EVENTS = 2_000;

  @Test
  void shouldStayInItsGroupAndGoOnExactlyWhenTheDatabaseReturns(TestEnvironment environment)
      throws Exception {
    try (EmbeddedServers servers = EmbeddedServers.inTemporaryDirectory();
        Playground playground = new Playground(environment, 3)) {
      EmbeddedPostgres postgres = servers.postgres();
      try (Connection connection = postgres.connect("postgres")) {
        Sql.run(connection, Sql.file("cache/counters.sql"));
      }
      ConsumerConfig config =
          new ConsumerConfig(
              environment.name(),
              new PostgresConfig(postgres.url("postgres"), postgres.user(), null),
              null,
              null,
              List.of(),
              List.of(),
              List.of(playground.summary()),
              "puck.token",
              null,
              new HttpConfig("127.0.0.1", 0, null));
      try (Projector projector = Projector.start(config, playground.kafkaConfig())) {
        Playground.awaitReady(projector);

        // When
        playground.send(EVENTS);
        postgres.kill();
        playground.send(EVENTS);

        // Then
        await()
            .atMost(Playground.PATIENCE)
            .untilAsserted(
                () ->
                    assertThat(projector.status().projections().get(0).state())
                        .isEqualTo("degraded"));

        // When
        postgres.start();

        // Then
        await()
            .atMost(Duration.ofSeconds(30))
            .untilAsserted(() -> assertExact(playground, postgres));
        Playground.awaitReady(projector);
        assertThat(projector.status().projections().get(0).deadLetters()).isZero();
      }
    }
  }

  private static void assertExact(Playground playground, EmbeddedPostgres postgres)
      throws SQLException {
    try (Connection connection = postgres.connect("postgres")) {
      assertThat(Sql.counters(connection))
          .containsExactlyInAnyOrderEntriesOf(playground.expected());
    }
  }
}
