package dev.puck.consumer.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.event.EventPosition;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EventReaderTest {
  private static final String AFTER = "{\"id\":7,\"name\":\"R\\\"öbin\",\"tags\":[1,{\"a\":null}]}";
  private static final String ENVELOPE =
      "{\"before\":{\"id\":7,\"after\":{}} , \"after\": "
          + AFTER
          + " ,\"source\":{\"op\":\"d\"},\"op\":\"u\",\"ts_ms\":12}";

  @Test
  void shouldFindTheRowInEveryFormat() {
    assertThat(row(ENVELOPE)).isEqualTo(AFTER);
    assertThat(row("{\"schema\":{\"op\":1},\"payload\": " + ENVELOPE + "}")).isEqualTo(AFTER);
    assertThat(row("{\"id\":7,\"op\":\"x\",\"__op\":\"c\"}"))
        .isEqualTo("{\"id\":7,\"op\":\"x\",\"__op\":\"c\"}");
  }

  @Test
  void shouldKnowDeletions() {
    assertThat(row("{\"before\":{\"id\":7},\"after\":null,\"op\":\"d\"}")).isNull();
    assertThat(row("{\"id\":7,\"__op\":\"d\"}")).isNull();
    assertThat(row(null)).isNull();
    assertThat(read("message", "k", null).isDeletion()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"id\":7}|7",
        "{\"id\":\"7.50\"}|7.50",
        "{\"id\":true}|true",
        "{\"name\":\"R\\\"öbin\"}|R\"öbin",
        "{\"id\":{\"a\":[1]}}|{\"a\":[1]}",
        "{\"id\":7,\"day\":19000}|{\"id\":7,\"day\":19000}",
        "{\"schema\":{\"type\":\"struct\"},\"payload\":{\"id\":7}}|7",
        "{\"schema\":{},\"payload\":{\"id\":7,\"day\":1}}|{\"id\":7,\"day\":1}",
      })
  void shouldKeepRowsUnderTheirKeysText(String key, String expected) {
    assertThat(read("row", key, ENVELOPE).key()).isEqualTo(expected);
    assertThat(RowKey.lookup(key)).isEqualTo(expected);
  }

  @Test
  void shouldKeepMessagesAsTheyAre() {
    CacheEvent event = read("message", "{\"id\":7}", " {\"rts\": 1} ");
    assertThat(event.key()).isEqualTo("{\"id\":7}");
    assertThat(text(event.value())).isEqualTo(" {\"rts\": 1} ");
    assertThat(text(read("message", "7", "12").value())).isEqualTo("12");
    assertThat(text(read("from the future", "7", "\"x\"").value())).isEqualTo("\"x\"");
  }

  @Test
  void shouldPutForeignEventsInTheOrderOfTheirOffsets() {
    CacheEvent event = EventReader.read(Events.at(41).key("7").value("{}").event());
    assertThat(event.position()).isEqualTo(new EventPosition(0, 41, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", " ", "{", "{\"a\":1}}", "{} {}", "nul", "\"\\q\"", "[1,]", "\u0001", "01"})
  void shouldRefuseWhatIsNotJson(String payload) {
    assertPoison("message", "7", payload, "not JSON");
  }

  @Test
  void shouldRefuseOtherEncodings() {
    byte[] utf16 = "{\"a\":1}".getBytes(StandardCharsets.UTF_16LE);
    byte[] broken = {'"', (byte) 0xC3, '"'};
    for (byte[] payload :
        new byte[][] {utf16, broken, {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF, '1'}}) {
      assertThatThrownBy(() -> EventReader.read(Events.at(1).key("7").value(payload).event()))
          .isInstanceOf(PoisonEventException.class);
    }
  }

  @Test
  void shouldRefuseWhatIsNoRowChange() {
    assertPoison("row", "{\"id\":7}", "{\"id\":7}", "neither op nor __op");
    assertPoison("row", "{\"id\":7}", "{\"op\":\"u\",\"after\":null}", "no after");
    assertPoison("row", "{\"id\":7}", "[]", "no JSON object");
    assertPoison("row", "{}", ENVELOPE, "no columns");
    assertPoison("row", "7", ENVELOPE, "no JSON object");
    assertPoison("row", null, ENVELOPE, "no key");
  }

  private static @Nullable String row(@Nullable String payload) {
    return text(read("row", "{\"id\":7}", payload).value());
  }

  private static void assertPoison(
      String kind, @Nullable String key, String payload, String reason) {
    assertThatThrownBy(() -> read(kind, key, payload))
        .isInstanceOf(PoisonEventException.class)
        .hasMessageContaining(reason);
  }

  private static CacheEvent read(String kind, @Nullable String key, @Nullable String payload) {
    return EventReader.read(Events.at(1).kind(kind).key(key).value(payload).event());
  }

  private static @Nullable String text(byte @Nullable [] value) {
    return value == null ? null : new String(value, StandardCharsets.UTF_8);
  }
}
