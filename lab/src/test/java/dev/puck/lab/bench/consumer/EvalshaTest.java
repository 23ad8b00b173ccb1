package dev.puck.lab.bench.consumer;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class EvalshaTest {
  @Test
  void shouldReadACallAsMonitorTellsIt() {
    // When
    Evalsha call =
        new Evalsha(
            Evalsha.parse(
                "+1767225600.123456 [0 127.0.0.1:51234] \"EVALSHA\" \"abc\" \"1\" \"puck:sale:7\""
                    + " \"{\\\"item\\\":\\\"a \\\\\\\\ girdle\\\\n\\\",\\\"k\\\":\\\"\\xc3\\xa9\\\"}\""
                    + " \"\""));
    // Then
    assertThat(call.texts())
        .containsExactly(
            "EVALSHA",
            "abc",
            "1",
            "puck:sale:7",
            "{\"item\":\"a \\\\ girdle\\n\",\"k\":\"é\"}",
            "");
    assertThat(call.withKey("puck:sale:8").texts().get(3)).isEqualTo("puck:sale:8");
  }
}
