package dev.puck.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import org.junit.jupiter.api.Test;

class EventPositionTest {
  @Test
  void shouldWriteAFixedWidth() {
    assertThat(new EventPosition(3, 42, 17).text()).isEqualTo("00000003.000000000042.0000000017");
  }

  @Test
  void shouldReadWhatItWrites() {
    EventPosition position = new EventPosition(99_999_999, 999_999_999_999L, 9_999_999_999L);
    assertThat(EventPosition.parse(position.text())).isEqualTo(position);
  }

  @Test
  void shouldCompareAsTextInTheOrderOfPositions() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      EventPosition left = any(random);
      EventPosition right = any(random);
      assertThat(Integer.signum(left.text().compareTo(right.text())))
          .as("seed %d: %s and %s", seed, left, right)
          .isEqualTo(Integer.signum(left.compareTo(right)));
    }
  }

  @Test
  void shouldRefuseWhatDoesNotFit() {
    assertThatThrownBy(() -> new EventPosition(100_000_000, 0, 0))
        .hasMessageContaining("epoch is 100000000");
    assertThatThrownBy(() -> new EventPosition(0, -1, 0)).hasMessageContaining("batch is -1");
    assertThatThrownBy(() -> EventPosition.parse("3.42.17"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'3.42.17' is not a position");
  }

  private static EventPosition any(Random random) {
    return new EventPosition(random.nextInt(3), random.nextInt(30), random.nextInt(300));
  }
}
