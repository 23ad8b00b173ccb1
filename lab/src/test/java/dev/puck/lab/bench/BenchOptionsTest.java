package dev.puck.lab.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.service.config.ConfigException;
import java.time.Duration;
import java.util.Set;
import org.junit.jupiter.api.Test;

class BenchOptionsTest {
  @Test
  void shouldNameAllThatIsWrong() {
    assertThatThrownBy(() -> options(0, Duration.ofMillis(10), "64"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll("--pairs", "--duration", "--heap");
  }

  @Test
  void shouldRefuseAPartThatTheSubjectDoesNotHave() {
    assertThatThrownBy(() -> options(Subject.PEERS, Part.DRAIN, Part.IDLE, Part.WRITERS))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining(
            "names writers, idle, which 'peers' does not have; it must be of drain, latency.");
  }

  @Test
  void shouldMeasureAllThatTheSubjectHasWhereNoPartIsNamed() {
    assertThat(options(Subject.CONSUMER).parts())
        .containsExactlyInAnyOrder(Part.APPLY, Part.REDIS, Part.HTTP, Part.RESTART);
  }

  @Test
  void shouldDrainAMillionRowsUnlessInAHurry() {
    assertThat(options(5, Duration.ofSeconds(20), "64m").rows()).isEqualTo(1_000_000);
    assertThat(options(5, Duration.ofSeconds(2), "128m").rows()).isEqualTo(20_000);
  }

  private static BenchOptions options(int pairs, Duration duration, String heap) {
    return new BenchOptions(pairs, duration, Set.of(), 1, Subject.WAL, heap);
  }

  private static BenchOptions options(Subject subject, Part... parts) {
    return new BenchOptions(1, Duration.ofSeconds(1), Set.of(parts), 1, subject, "64m");
  }
}
