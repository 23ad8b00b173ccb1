package dev.puck.consumer.subscription;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.consumer.projection.Gap;
import org.junit.jupiter.api.Test;

class GapLogTest {
  private final GapLog gaps = new GapLog();

  @Test
  void shouldTakeEachOnce() {
    assertThat(gaps.add(gap(1))).isTrue();
    assertThat(gaps.add(gap(1))).isFalse();
    assertThat(gaps.list()).containsExactly(gap(1));
  }

  @Test
  void shouldKeepTheLastHundredAndKnowTheOthers() {
    for (int i = 0; i < 150; i++) {
      gaps.add(gap(i));
    }
    assertThat(gaps.list()).hasSize(100).startsWith(gap(50)).endsWith(gap(149));
    assertThat(gaps.add(gap(0))).isFalse();
  }

  private static Gap gap(int id) {
    return new Gap(Integer.toString(id), "t", null, null, "because");
  }
}
