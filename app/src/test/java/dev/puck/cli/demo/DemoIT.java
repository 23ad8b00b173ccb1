package dev.puck.cli.demo;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.cli.CommandRun;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The demo as a user runs it, only shorter. */
class DemoIT {
  @ParameterizedTest
  @ValueSource(strings = {"notify", "outbox", "wal"})
  void shouldEndWithoutDrift(String source) throws Exception {
    // When
    CommandRun run =
        CommandRun.of("demo", "--source", source, "--duration", "3s", "--rate", "300", "--json");
    // Then
    assertThat(run.exitCode()).as(run.err()).isZero();
    String last = run.out().lines().reduce((before, line) -> line).orElse("");
    JsonNode result = JsonMapper.builder().build().readTree(last);
    assertThat(result.path("source").asText()).isEqualTo(source);
    assertThat(result.path("drift").asInt(-1)).isZero();
    assertThat(result.path("gaps").asInt(-1)).isZero();
    assertThat(result.path("dead_letters").asInt(-1)).isZero();
    assertThat(result.path("tweets").asInt()).isEqualTo(1_138);
    assertThat(result.path("changes").asInt()).isGreaterThan(300);
    assertThat(result.path("relayed")).isEqualTo(result.path("changes"));
    assertThat(result.at("/staleness_ms/p50").isNumber()).isTrue();
    assertThat(result.at("/staleness_ms/p99").isNumber()).isTrue();
    assertThat(run.err())
        .contains("/caches/counters/1")
        .contains("writes/s")
        .contains(" in a browser");
  }
}
