package dev.puck.bridge.source.wal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.source.Message;
import dev.puck.bridge.source.Origin;
import dev.puck.bridge.source.Utf8;
import dev.puck.bridge.source.wal.pgoutput.Slice;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MessageFrameTest {
  private static final Instant AT = Instant.parse("2026-01-01T12:00:00Z");
  private static final Origin ORIGIN = new Origin("i", 7);

  @Test
  void shouldHoldTheArgumentsOfPublish() {
    assertThat(MessageFrame.isOurs("puck:a:b")).isTrue();
    assertThat(MessageFrame.isOurs("puckish")).isFalse();
    assertThat(
            read("{\"payload\": \"{\\\"a\\\": 1}\", \"key\": \"k\", \"headers\": {\"h\": \"é\"}}"))
        .isEqualTo(new Message("a:b", Utf8.of("{\"a\": 1}"), "k", Map.of("h", "é"), AT, ORIGIN));
    assertThat(read("{\"key\": \"k\", \"payload\": null, \"headers\": null}"))
        .isEqualTo(new Message("a:b", null, "k", Map.of(), AT, ORIGIN));
    assertThat(read("{\"payload\": \"\"}").payload()).isEqualTo(Utf8.of(""));
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '\0',
      delimiter = '|',
      textBlock =
          """
          hello | it is not JSON
          {"payload": "a"} x | it is not JSON
          {"key": "k", "key": "l"} | it is not JSON
          "hello" | it is no object
          {} | it has neither payload nor key
          {"payload": null} | it has neither payload nor key
          {"payload": {}} | payload is no string
          {"payload": "a", "key": 1} | key is no string
          {"payload": "a", "keys": "k"} | it has other members than payload, key, headers
          {"payload": "a", "headers": []} | its headers are no object
          {"payload": "a", "headers": {"h": 1}} | a header is no string
          {"payload": "a", "headers": {"puck.id": "1"}} | a header's name begins with puck.
          """)
  void shouldKeepWhatIsNoneAndSayWhy(String content, String why) {
    Message message = read(content);

    assertThat(message.defect())
        .isEqualTo("the logical message is no frame of puck.publish (" + why + ")");
    assertThat(message.payload()).isEqualTo(Utf8.of(content));
    assertThat(message.key()).isNull();
  }

  private static Message read(String content) {
    byte[] bytes = ("<" + content + ">").getBytes(StandardCharsets.UTF_8);
    return MessageFrame.read("puck:a:b", new Slice(bytes, 1, bytes.length - 2), AT, ORIGIN);
  }
}
