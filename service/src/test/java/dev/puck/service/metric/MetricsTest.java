package dev.puck.service.metric;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MetricsTest {
  @Test
  void shouldCountTheProcessorsTimeInSeconds() {
    try (Metrics metrics = new Metrics()) {
      assertThat(metrics.scrape())
          .containsPattern("(?m)^process_cpu_seconds_total [0-9.E]+$")
          .doesNotContain("process_cpu_time_ns");
    }
  }

  @Test
  void shouldDescribeEveryMetric() {
    try (Metrics metrics = new Metrics()) {
      long types = metrics.scrape().lines().filter(line -> line.startsWith("# TYPE")).count();
      long helps =
          metrics.scrape().lines().filter(line -> line.matches("# HELP \\S+ \\S.*")).count();
      assertThat(helps).isEqualTo(types).isPositive();
    }
  }
}
