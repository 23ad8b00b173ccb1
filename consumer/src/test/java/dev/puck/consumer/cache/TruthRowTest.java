package dev.puck.consumer.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.consumer.projection.StalledException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TruthRowTest {
  @Test
  void shouldKeepTheDigitsOfNumbers() {
    TruthRow row =
        TruthRow.parse("{\"value\": {\"a\": 1.50, \"b\": 12345678901234567890.1}, \"key\": 7}");

    assertThat(row.key()).isEqualTo("7");
    assertThat(new String(row.value(), StandardCharsets.UTF_8))
        .isEqualTo("{\"a\": 1.50, \"b\": 12345678901234567890.1}");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"key\": null, \"value\": 1}",
        "{\"key\": \"a\", \"value\": null}",
        "{\"key\": {\"id\": 7}, \"value\": 1}",
        "{\"id\": 7}",
        "7"
      })
  void shouldSayWhatIsMissing(String row) {
    assertThatThrownBy(() -> TruthRow.parse(row))
        .isInstanceOf(StalledException.class)
        .hasMessageContaining(row);
  }
}
