package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.junit.jupiter.api.Test;

/** That there are numbers; what they are is the machine's business. */
class BenchIT {
  @Test
  void shouldMeasureEverything() throws Exception {
    // When
    CommandRun run = CommandRun.of("bench", "outbox", "--pairs", "1", "--duration", "1s", "--json");
    // Then
    assertThat(run.exitCode()).as(run.err()).isZero();
    String last = run.out().lines().reduce((before, line) -> line).orElse("");
    JsonNode result = JsonMapper.builder().build().readTree(last);
    for (String number :
        new String[] {
          "/writer_throughput_ratio/adaptive_to_none",
          "/writer_throughput_ratio/adaptive_to_notify_each",
          "/writers/unpinned/transactions_per_second/none/median",
          "/writers/unpinned/ratio/adaptive_to_notify_each/max",
          "/drain_ratio/messages",
          "/drain_ratio/captured_rows",
          "/drain/messages/events_per_second/median",
          "/drain/captured_rows/bare_producer_per_second/median",
          "/latency_ratio/from_commit",
          "/latency_ms/exactly-once/500/from_commit/p50/median",
          "/latency_ms/exactly-once/asleep/from_commit/p99/median",
          "/latency_ms/at-least-once/5000/from_due/p99.9/median",
          "/latency_ms/bare_listen/from_commit/p50/median",
          "/latency_ms/bare_producer/p50/median"
        }) {
      assertThat(result.at(number).asDouble()).as(number).isPositive();
    }
    assertThat(result.at("/idle_percent_of_core/total/median").isNumber()).isTrue();
    assertThat(run.err()).contains("writers, ", "drain, ", "latency, ", "idle, ", " left)");
    assertThat(run.err()).contains("adaptive", "at-least-once, from asleep");
  }
}
