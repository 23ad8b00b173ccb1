package dev.puck.service.retry;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void shouldDoubleUpToTheCap() {
    for (int run = 0; run < 1_000; run++) {
      Backoff backoff = new Backoff(random, Duration.ofMillis(100), Duration.ofSeconds(5));
      for (int failure = 0; failure < 100; failure++) {
        long ceiling = failure < 6 ? 100L << failure : 5_000;

        assertThat(backoff.next().toMillis()).as("seed " + seed).isBetween(ceiling / 10, ceiling);
      }
    }
  }

  @Test
  void shouldBeginAgainAfterSuccess() {
    // Given
    Backoff backoff = new Backoff(random);
    for (int i = 0; i < 10; i++) {
      backoff.next();
    }
    assertThat(backoff.failures()).isEqualTo(10);

    // When
    backoff.reset();

    // Then
    assertThat(backoff.failures()).isZero();
    assertThat(backoff.next()).as("seed " + seed).isLessThanOrEqualTo(Duration.ofMillis(100));
    assertThat(backoff.failures()).isEqualTo(1);
  }

  @Test
  void shouldSpread() {
    Set<Duration> delays = new HashSet<>();
    for (int i = 0; i < 100; i++) {
      Backoff backoff = new Backoff(random, Duration.ofSeconds(5), Duration.ofSeconds(5));
      delays.add(backoff.next());
    }

    assertThat(delays).as("seed " + seed).hasSizeGreaterThan(50);
  }

  @Test
  void shouldNeverBeNothing() {
    Backoff backoff = new Backoff(random, Duration.ZERO, Duration.ofNanos(1));

    assertThat(backoff.next()).isPositive();
  }

  @Test
  void shouldTakeTheLongestDelays() {
    Duration longest = Duration.ofDays(36_500);
    Backoff backoff = new Backoff(random, longest, longest);
    for (int i = 0; i < 100; i++) {
      assertThat(backoff.next()).isPositive().isLessThanOrEqualTo(longest);
    }
  }

  @Test
  void shouldRefuseWhatOverflows() {
    assertThatThrownBy(
            () -> new Backoff(random, Duration.ofMillis(1), Duration.ofSeconds(Long.MAX_VALUE)))
        .isInstanceOf(IllegalArgumentException.class);
    assertThatThrownBy(() -> new Backoff(random, Duration.ofMillis(-1), Duration.ofMillis(1)))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
