package dev.puck.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import org.junit.jupiter.api.Test;

class SkewTest {
  private final long seed = System.nanoTime();
  private final Random random = new Random(seed);

  @Test
  void shouldLookMostlyAtAFewMessages() {
    // Given
    Skew skew = new Skew(1_000);
    int[] looks = new int[1_001];
    // When
    for (int i = 0; i < 100_000; i++) {
      looks[(int) skew.next(random)]++;
    }
    // Then
    int hottest = looks[1] + looks[2] + looks[3];
    assertThat(hottest).as("seed %d", seed).isBetween(15_000, 25_000);
    assertThat(looks[0]).isZero();
    assertThat(looks[1]).as("seed %d", seed).isGreaterThan(looks[10]);
  }

  @Test
  void shouldStayInsideHoweverFewThereAre() {
    Skew skew = new Skew(1);
    for (int i = 0; i < 1_000; i++) {
      assertThat(skew.next(random)).as("seed %d", seed).isEqualTo(1);
    }
  }
}
