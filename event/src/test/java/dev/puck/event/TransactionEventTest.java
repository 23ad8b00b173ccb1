package dev.puck.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.event.TransactionEvent.DataCollection;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransactionEventTest {
  @Test
  void shouldBeSpelledAsDebeziumSpellsIt() {
    TransactionEvent end =
        TransactionEvent.end(
            "571", List.of(new DataCollection("s1.a", 2), new DataCollection("s2.a", 1)), 7);

    assertThat(TransactionEvent.begin("571", 6).toJson())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            "{\"status\":\"BEGIN\",\"id\":\"571\",\"event_count\":null,"
                + "\"data_collections\":null,\"ts_ms\":6}");
    assertThat(end.toJson())
        .asString(StandardCharsets.UTF_8)
        .isEqualTo(
            "{\"status\":\"END\",\"id\":\"571\",\"event_count\":3,\"data_collections\":["
                + "{\"data_collection\":\"s1.a\",\"event_count\":2},"
                + "{\"data_collection\":\"s2.a\",\"event_count\":1}],\"ts_ms\":7}");
    assertThat(end.key()).asString(StandardCharsets.UTF_8).isEqualTo("{\"id\":\"571\"}");
    assertThat(TransactionEvent.fromJson(end.toJson())).isEqualTo(end);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "{\"status\":\"HALF\"}", "\ud83d"})
  void shouldRefuseWhatIsNone(String json) {
    assertThatThrownBy(() -> TransactionEvent.fromJson(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Not a transaction's record");
  }
}
