package dev.puck.bridge.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.retry.TransientException;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** While PostgreSQL is away nobody leads. */
class LeadershipOutageIT {
  private static EmbeddedServers own;
  private static EmbeddedPostgres server;
  private static Postgres postgres;

  @BeforeAll
  static void startPostgres() {
    own = EmbeddedServers.inTemporaryDirectory();
    server = own.postgres();
    postgres =
        new Postgres(new PostgresConfig(server.url("postgres"), server.user(), null), "leader");
  }

  @AfterAll
  static void stopPostgres() {
    own.close();
  }

  @Test
  void shouldLeadAgainAfterARestart() {
    // Given
    try (Leadership leadership = Leadership.tryAcquire(postgres, "a").orElseThrow()) {
      // When
      server.restart();

      // Then
      await().atMost(Duration.ofSeconds(5)).until(() -> !leadership.isHeld());
      try (Leadership again = acquire()) {
        again.confirm();
        assertThatThrownBy(leadership::confirm).isInstanceOf(TransientException.class);
      }
    }
  }

  @Test
  void shouldNeitherLeadNorWaitWhileTheServerIsFrozen() {
    // Given
    Instant closing;
    try (Leadership leadership = acquire()) {
      // When
      server.pause();

      // Then
      await().atMost(Duration.ofSeconds(5)).until(() -> !leadership.isHeld());
      assertThatThrownBy(() -> Leadership.tryAcquire(postgres, "a"))
          .isInstanceOf(TransientException.class);
      closing = Instant.now();
    } finally {
      server.resume();
    }
    assertThat(Duration.between(closing, Instant.now())).isLessThan(Duration.ofSeconds(3));
    acquire().close();
  }

  private static Leadership acquire() {
    return await()
        .until(() -> Leadership.tryAcquire(postgres, "a"), Optional::isPresent)
        .orElseThrow();
  }
}
