package dev.puck.lab.workload;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class PaceTest {
  @Test
  void shouldBeDueAtASteadyRateWhateverComesBetween() {
    Pace pace = Pace.open(1_000, Duration.ofMillis(3));

    assertThat(new long[] {pace.next(), pace.next(), pace.next(), pace.next()})
        .containsExactly(0, 1_000_000, 2_000_000, Pace.OVER);
  }

  @Test
  void shouldBeDueAtOnceInAClosedLoop() {
    Pace pace = Pace.closed(Duration.ofHours(1));

    assertThat(pace.next()).isBetween(0L, pace.now());
  }

  @Test
  void shouldEnd() {
    assertThat(Pace.closed(Duration.ZERO).next()).isEqualTo(Pace.OVER);
  }
}
