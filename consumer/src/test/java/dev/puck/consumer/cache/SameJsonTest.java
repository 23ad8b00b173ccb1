package dev.puck.consumer.cache;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SameJsonTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":1,"b":[1,2]} | {"b": [1, 2], "a": 1}
          {"a":1.50}        | {"a": 1.5}
          1                 | 1.0
          1e2               | 100
          "ä"               | "\\u00e4"
          123456789012345678901234567890.1 | 123456789012345678901234567890.10
          """)
  void shouldBeSame(String one, String other) {
    assertThat(isSame(one, other)).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"a":1}   | {"a":2}
          {"a":1}   | {"a":1,"b":null}
          {"a":"1"} | {"a":1}
          [1,2]     | [2,1]
          {"a":[1]} | {"a":[1,1]}
          {"a":     | {"a":1}
          123456789012345678901234567890.1 | 123456789012345678901234567890.2
          """)
  void shouldDiffer(String one, String other) {
    assertThat(isSame(one, other)).isFalse();
  }

  private static boolean isSame(String one, String other) {
    return SameJson.test(
        one.getBytes(StandardCharsets.UTF_8), other.getBytes(StandardCharsets.UTF_8));
  }
}
