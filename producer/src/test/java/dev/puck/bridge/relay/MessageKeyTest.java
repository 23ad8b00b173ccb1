package dev.puck.bridge.relay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonPointer;
import dev.puck.bridge.source.Utf8;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class MessageKeyTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          {"k":3}                                       | /k     | 3
          {"k":-0}                                      | /k     | 0
          {"k":9007199254740993}                        | /k     | 9007199254740993
          {"k":123456789012345678901234567890}          | /k     | 123456789012345678901234567890
          {"k":10.0}                                    | /k     | 10.0
          {"k":0.10}                                    | /k     | 0.10
          {"k":3.14159265358979323846264338327950288}   | /k     | 3.14159265358979323846264338327950288
          {"k":true}                                    | /k     | true
          {"k":"text"}                                  | /k     | text
          {"k":"3"}                                     | /k     | 3
          {"k":"Zoë 🧚"}                                | /k     | Zoë 🧚
          {"k":"\\u00e9"}                               | /k     | é
          {"k":""}                                      | /k     | ``
          {"k": {"a": 1, "b": [2, 3]} }                 | /k     | {"a":1,"b":[2,3]}
          {"k":[1,"x"]}                                 | /k     | [1,"x"]
          {"k":[1,"x"]}                                 | /k/1   | x
          {"a":{"b":{"c":7}}}                           | /a/b/c | 7
          {"a/b":1}                                     | /a~1b  | 1
          {"a~b":1}                                     | /a~0b  | 1
          {"":1}                                        | /      | 1
          {"k":1,"k":2}                                 | /k     | 2
          {"k":"not puck:gap"}                          | /k     | not puck:gap
          """)
  void shouldTakeTheValueAsItIs(String payload, String pointer, String key) throws Exception {
    assertThat(keyOf(payload, pointer)).isEqualTo(key);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"hello", "{", "{\"k\":1", "{\"k\":1} x", "{\"k\":1}{\"k\":2}", "NaN", "'k'"})
  void shouldRefuseWhatIsNotJsonWithoutRepeatingIt(String payload) {
    assertThatThrownBy(() -> keyOf(payload, "/k"))
        .isInstanceOf(UnroutableException.class)
        .hasMessageMatching(
            "the payload is not JSON at line 1, column \\d+, and the route wants a key from it");
  }

  @ParameterizedTest
  @ValueSource(strings = {"{}", "{\"k\":null}", "[1,2]", "7", "\"k\"", "null", "{\"K\":1}"})
  void shouldRefuseWhatHasNoValueThere(String payload) {
    assertThatThrownBy(() -> keyOf(payload, "/k"))
        .isInstanceOf(UnroutableException.class)
        .hasMessage("the payload has no value at /k for the key");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " ", "\n"})
  void shouldRefuseAnEmptyPayload(String payload) {
    assertThatThrownBy(() -> keyOf(payload, "/k"))
        .isInstanceOf(UnroutableException.class)
        .hasMessage("the payload is empty, and the route wants a key from it");
  }

  @Test
  void shouldRefuseAKeyThatWouldPassForAGap() {
    assertThatThrownBy(() -> keyOf("{\"k\":\"puck:gap\"}", "/k"))
        .isInstanceOf(UnroutableException.class)
        .hasMessage("the key at /k begins with puck:, which is reserved");
  }

  @Test
  void shouldRefuseWhatIsMadeToHurtTheParser() {
    assertThatThrownBy(() -> keyOf("[".repeat(7_999), "/k"))
        .isInstanceOf(UnroutableException.class);
    assertThatThrownBy(() -> keyOf("{\"k\":" + "1".repeat(7_900) + "}", "/k"))
        .isInstanceOf(UnroutableException.class);
  }

  private static String keyOf(String payload, String pointer) throws UnroutableException {
    return new String(
        MessageKey.of(Utf8.of(payload), JsonPointer.compile(pointer)), StandardCharsets.UTF_8);
  }
}
