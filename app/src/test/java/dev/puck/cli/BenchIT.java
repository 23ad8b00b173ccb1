package dev.puck.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.embedded.junit.Endurance;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** That there are numbers; what they are is the machine's business. */
class BenchIT {
  @Test
  @Endurance
  void shouldMeasureWriters() throws Exception {
    // When
    CommandRun run = bench("outbox", "writers");
    // Then
    requirePositive(
        run,
        "/writer_throughput_ratio/adaptive_to_none",
        "/writer_throughput_ratio/adaptive_to_notify_each",
        "/writers/unpinned/transactions_per_second/none/median",
        "/writers/unpinned/ratio/bare_trigger_to_none/median",
        "/writers/unpinned/ratio/adaptive_to_notify_each/max");
    assertThat(run.err()).contains("writers, ", "adaptive", " left)");
  }

  @Test
  void shouldMeasureDrain() throws Exception {
    // When
    CommandRun run = bench("wal", "drain", "--heap", "64m");
    // Then
    requirePositive(
        run,
        "/drain_ratio/rows",
        "/drain_ratio/rows_to_pg_recvlogical",
        "/drain/rows/events_per_second/median",
        "/drain/rows/cpu_s_per_100000_events/median",
        "/drain/rows/bare_producer_per_second/median");
    assertThat(run.err()).contains("drain, ", "-Xmx64m", " left)");
  }

  @Test
  @Endurance
  void shouldMeasureLatencyAndIdling() throws Exception {
    // When
    CommandRun run = bench("outbox", "latency,idle");
    // Then
    JsonNode result =
        requirePositive(
            run,
            "/latency_ratio/from_commit",
            "/latency_ms/exactly-once/500/from_commit/p50/median",
            "/latency_ms/exactly-once/asleep/from_commit/p99/median",
            "/latency_ms/at-least-once/5000/from_due/p99.9/median",
            "/latency_ms/bare_listen/from_commit/p50/median",
            "/latency_ms/bare_producer/p50/median");
    assertThat(result.at("/idle_percent_of_core/total/median").isNumber()).isTrue();
    assertThat(run.err()).contains("latency, ", "at-least-once, from asleep", "idle, ");
  }

  @Test
  @Endurance
  void shouldMeasureHowAConsumerAnswersAndStarts() throws Exception {
    // When
    CommandRun run = bench("consumer", "http,restart");
    // Then
    requirePositive(
        run,
        "/http_p99_ratio/to_constant",
        "/http_p99_ratio/to_constant_without_events",
        "/http/applied_per_second/median",
        "/http/latency_ms/cache/p99/median",
        "/restart_keys_per_second",
        "/restart/memory/seconds_from_process_start/median",
        "/restart/bare_reader/keys_per_second_of_warm_up/median");
    assertThat(run.err()).contains("preparing 10,000 events", "http, ", "restart, ", " left)");
  }

  @Test
  @Endurance
  void shouldMeasureHowFastAConsumerApplies() throws Exception {
    // When
    CommandRun run = bench("consumer", "apply,redis");
    // Then
    requirePositive(
        run,
        "/apply_ratio/memory_to_one_by_one",
        "/apply_ratio/memory_to_bare_statement",
        "/apply/events_per_second/summary/median",
        "/apply/events_per_second_in_new_jvm/memory/median",
        "/apply/cpu_s_per_100000_events/memory/median",
        "/redis_ratio",
        "/redis/events_per_second/reference/median",
        "/redis/coalescing_gain/median");
  }

  private static CommandRun bench(String source, String parts, String... more) {
    List<String> arguments = new ArrayList<>(List.of("bench", source, "--only", parts));
    arguments.addAll(List.of("--pairs", "1", "--duration", "1s", "--json"));
    arguments.addAll(List.of(more));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static JsonNode requirePositive(CommandRun run, String... numbers) throws Exception {
    assertThat(run.exitCode()).as(run.err()).isZero();
    String last = run.out().lines().reduce((before, line) -> line).orElse("");
    JsonNode result = JsonMapper.builder().build().readTree(last);
    for (String number : numbers) {
      assertThat(result.at(number).asDouble()).as(number).isPositive();
    }
    return result;
  }
}
