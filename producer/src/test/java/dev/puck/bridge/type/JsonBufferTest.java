package dev.puck.bridge.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Base64;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBufferTest {
  private final JsonBuffer json = new JsonBuffer(0);

  @ParameterizedTest
  @ValueSource(longs = {0, 7, 10, -1, 1_234_567_890_123L, Long.MAX_VALUE, Long.MIN_VALUE})
  void shouldWriteNumbers(long number) {
    assertThat(json.number(number)).hasToString(Long.toString(number));
  }

  @Test
  void shouldEscapeAsPostgresDoes() {
    assertThat(json.string("a\"\\/\b\f\n\r\t\0\u001f\u007fé😀"))
        .hasToString("\"a\\\"\\\\/\\b\\f\\n\\r\\t\\u0000\\u001f\u007fé😀\"");
  }

  @Test
  void shouldWriteJsonOfAnyLetters() {
    assertThat(json.raw("{\"a\":1}").raw("{\"é\":\"😀\"}").letter(','))
        .hasToString("{\"a\":1}{\"é\":\"😀\"},");
  }

  @Test
  void shouldWriteBase64() {
    for (int length = 0; length < 20; length++) {
      byte[] bytes = new byte[length];
      new Random(length).nextBytes(bytes);
      assertThat(new JsonBuffer(0).base64(bytes, 0, length))
          .hasToString('"' + Base64.getEncoder().encodeToString(bytes) + '"');
    }
  }

  @Test
  void shouldTakeBack() {
    assertThat(json.raw("[1").truncate(1).letter(']')).hasToString("[]");
    assertThat(json.size()).isEqualTo(2);
    assertThatThrownBy(() -> json.truncate(3)).hasMessageContaining("2 bytes to 3");
  }
}
