package dev.puck.bridge.election;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class TakeoverIT {
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Postgres postgres;

  TakeoverIT(TestEnvironment environment) {
    this.postgres =
        new Postgres(new PostgresConfig(environment.url(), environment.user(), null), "successor");
  }

  @Test
  void shouldAskTheLeaderAndKeepOthersOut() throws Exception {
    // Given
    Leadership leader = Leadership.tryAcquire(postgres, "a").orElseThrow();
    CountDownLatch steppedDown = new CountDownLatch(1);
    leader.whenLost(
        () -> {
          assertThat(leader.isHeld()).as("until it is closed").isTrue();
          steppedDown.countDown();
          leader.close();
        });

    // When
    try (Leadership next = Takeover.tryAcquire(postgres, "a", PATIENCE).orElseThrow()) {
      // Then
      assertThat(steppedDown.await(10, TimeUnit.SECONDS)).isTrue();
      assertThat(Leadership.tryAcquire(postgres, "a")).isEmpty();
      Leadership.tryAcquire(postgres, "b").orElseThrow().close();
      CountDownLatch asked = new CountDownLatch(1);
      next.whenLost(asked::countDown);
      assertThat(asked.await(4, TimeUnit.SECONDS)).as("it asks nobody but others").isFalse();
      next.confirm();
    }
    awaitAcquired().close();
  }

  @Test
  void shouldTellOneWhoListensLater() throws Exception {
    // Given
    Leadership leader = Leadership.tryAcquire(postgres, "a").orElseThrow();
    CompletableFuture<Optional<Leadership>> taking = CompletableFuture.supplyAsync(this::takeOver);
    CountDownLatch asked = new CountDownLatch(1);

    // When
    await().atMost(PATIENCE).until(() -> Leadership.tryAcquire(postgres, "a").isEmpty());
    leader.whenLost(asked::countDown);

    // Then
    assertThat(asked.await(10, TimeUnit.SECONDS)).isTrue();
    leader.close();
    assertThat(taking.get(20, TimeUnit.SECONDS)).hasValueSatisfying(Leadership::close);
  }

  @Test
  void shouldGiveUpOnOneWhoDoesNotStepDownAndLetItLead() throws Exception {
    // Given
    try (Leadership leader = Leadership.tryAcquire(postgres, "a").orElseThrow()) {
      // When, Then
      assertThat(Takeover.tryAcquire(postgres, "a", Duration.ofSeconds(2))).isEmpty();
      leader.confirm();
    }
    awaitAcquired().close();
  }

  private Optional<Leadership> takeOver() {
    try {
      return Takeover.tryAcquire(postgres, "a", PATIENCE);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private Leadership awaitAcquired() {
    return await()
        .until(() -> Leadership.tryAcquire(postgres, "a"), Optional::isPresent)
        .orElseThrow();
  }
}
