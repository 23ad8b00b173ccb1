package dev.puck.bridge.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A process that is stopped loses the lead, and knows it before it does anything else. */
@ExtendWith(PuckExtension.class)
class FrozenLeaderIT {
  @Test
  void shouldLoseTheLeadWhileItIsStopped(TestEnvironment environment) throws Exception {
    // Given
    Postgres postgres =
        new Postgres(new PostgresConfig(environment.url(), environment.user(), null), "standby");
    try (LeaderProcess leader = LeaderProcess.start(environment.url(), environment.user())) {
      assertThat(leader.read()).isEqualTo("leads");
      assertThat(Leadership.tryAcquire(postgres, LeaderProcess.BRIDGE)).isEmpty();

      // When
      leader.signal("STOP");
      try (Leadership next =
          await()
              .atMost(Duration.ofSeconds(15))
              .until(
                  () -> Leadership.tryAcquire(postgres, LeaderProcess.BRIDGE), Optional::isPresent)
              .orElseThrow()) {
        leader.ask();
        leader.signal("CONT");

        // Then
        assertThat(leader.read()).startsWith("This process no longer leads bridge 'frozen'");
        assertThat(next.isHeld()).isTrue();
      }
    }
  }

  @Test
  void shouldLeaveTheLeadWhenItIsKilled(TestEnvironment environment) throws IOException {
    // Given
    Postgres postgres =
        new Postgres(new PostgresConfig(environment.url(), environment.user(), null), "standby");
    try (LeaderProcess leader = LeaderProcess.start(environment.url(), environment.user())) {
      assertThat(leader.read()).isEqualTo("leads");

      // When
      leader.kill();
    }

    // Then
    await()
        .until(() -> Leadership.tryAcquire(postgres, LeaderProcess.BRIDGE), Optional::isPresent)
        .orElseThrow()
        .close();
  }
}
