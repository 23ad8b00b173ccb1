package dev.puck.lab.bench.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FillingTest {
  private static final long SECOND = 1_000_000_000;

  @Test
  void shouldCountFromTheFirstEvents() {
    Filling filling = Filling.parse(new Filling(110, 10, SECOND, 3 * SECOND).line());
    assertThat(filling.perSecond()).isEqualTo(50);
    assertThat(filling.perSecondInAll()).isEqualTo(110 / 3.0);
  }

  @Test
  void shouldCountAllWhereAllCameAtOnce() {
    assertThat(new Filling(10, 10, SECOND, 2 * SECOND).perSecond()).isEqualTo(5);
  }
}
