package dev.puck.service.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DurationsTest {
  @ParameterizedTest
  @CsvSource({
    "500ms, PT0.5S, 500ms",
    "20s, PT20S, 20s",
    "5m, PT5M, 5m",
    "2 h, PT2H, 2h",
    "' 1d ', P1D, 1d",
    "0s, PT0S, 0s",
    "0ms, PT0S, 0s",
    "90m, PT90M, 90m",
    "120m, PT2H, 2h",
    "1000ms, PT1S, 1s",
    "48h, P2D, 2d",
    "36500d, P36500D, 36500d",
  })
  void shouldReadAndWrite(String text, Duration duration, String shortest) {
    assertThat(Durations.parse(text)).isEqualTo(duration);
    assertThat(Durations.text(duration)).isEqualTo(shortest);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "5", "s", "-5s", "+5s", "1.5s", "5 S", "5  s", "PT5S", "5sec", "5s 3ms", "٣s"})
  void shouldRefuseNonsense(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "'"
                + text
                + "' is not a duration; write a number and a unit: 500ms, 20s, 5m, 2h or 1d");
  }

  @ParameterizedTest
  @ValueSource(strings = {"36501d", "999999999999d", "999999999999h"})
  void shouldRefuseWhatOverflows(String text) {
    assertThatThrownBy(() -> Durations.parse(text))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("'" + text + "' is too long; write at most 36500d");
  }

  @Test
  void shouldReadWhatItWrites() {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < 10_000; i++) {
      Duration duration = Duration.ofMillis(random.nextLong(1L << random.nextInt(1, 41)));

      assertThat(Durations.parse(Durations.text(duration))).as("seed " + seed).isEqualTo(duration);
    }
  }
}
