package dev.puck.lab.report;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.lab.bench.result.Spread;
import dev.puck.lab.trial.Metric;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Need NEED = new Need(Duration.ofSeconds(1), 500, 1_000);

  @Test
  void shouldTakeTheCheapestThatWillDo() {
    Verdict verdict =
        Verdict.on(List.of(outcome("plain", 2.0), outcome("clever", 1.0)), NEED, Metric.CORES);

    assertThat(verdict.choice()).contains("clever");
    assertThat(verdict.costs().keySet()).containsExactly("clever", "plain");
    assertThat(verdict.lines()).contains("Take clever: it costs 1.00 cores at that.");
  }

  @Test
  void shouldTakeTheSimplerOneWhenTheyCostTheSame() {
    Verdict verdict =
        Verdict.on(
            List.of(outcome("dear", 1.6), outcome("plain", 1.4), outcome("clever", 1.0)),
            NEED,
            Metric.CORES);

    assertThat(verdict.choice()).contains("plain");
    assertThat(verdict.lines())
        .contains("The simplest of those that cost the same within the noise; the others: clever.");
  }

  @Test
  void shouldSayWhyOneWillNotDo() {
    Verdict verdict =
        Verdict.on(
            List.of(
                outcome("wrong", 1, Metric.DRIFT, 3),
                outcome("lossy", 1, Metric.DRIFT_AFTER_DISCONNECT, 4),
                outcome("gaps", 1, Metric.GAPS, 1),
                outcome("doubling", 1, Metric.DRIFT_AFTER_RESTART, 5),
                outcome("old", 1, Metric.STALENESS_P99, 1_001),
                outcome("slow", 1, Metric.WRITES_PER_SECOND, 499),
                outcome("narrow", 1, Metric.READS_PER_SECOND, 999)),
            NEED,
            Metric.CORES);

    assertThat(verdict.choice()).isEmpty();
    assertThat(verdict.refused())
        .containsEntry("wrong", "3 messages were wrong in the end")
        .containsEntry("lossy", "a disconnect left 4 messages wrong for good")
        .containsEntry("gaps", "a disconnect lost events, and all had to be read anew")
        .containsEntry("doubling", "a restart left 5 messages wrong for good")
        .containsEntry("old", "1 % of what it shows is over 1.001 s old")
        .containsEntry("slow", "it can do 499 writes/s only")
        .containsEntry("narrow", "it can do 999 reads/s only");
    assertThat(verdict.lines()).contains("None of them will do.");
  }

  @Test
  void shouldRefuseWhatWasNeverSeenToShow() {
    Outcome blind = new Outcome("blind", Map.of());

    assertThat(Verdict.on(List.of(blind), NEED, Metric.CORES).refused()).containsKey("blind");
  }

  private static Outcome outcome(String name, double cores) {
    return outcome(name, cores, Metric.DRIFT, 0);
  }

  private static Outcome outcome(String name, double cores, Metric metric, double value) {
    Map<Metric, Spread> values = new EnumMap<>(Metric.class);
    values.put(Metric.CORES, once(cores));
    values.put(Metric.STALENESS_P99, once(10));
    values.put(Metric.WRITES_PER_SECOND, once(10_000));
    values.put(Metric.READS_PER_SECOND, once(10_000));
    values.put(metric, once(value));
    return new Outcome(name, values);
  }

  private static Spread once(double value) {
    return new Spread(value, value, value);
  }
}
