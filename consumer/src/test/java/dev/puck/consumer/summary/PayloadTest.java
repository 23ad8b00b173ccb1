package dev.puck.consumer.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import java.nio.charset.StandardCharsets;
import java.util.Set;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PayloadTest {
  @ParameterizedTest
  @ValueSource(strings = {"{\"a\":[1,2,{}]}", "[]", " 1 ", "\"héllo\"", "\"\uFFFD\"", "null"})
  void shouldTakeOneValueAsItIs(String json) {
    assertThat(payload(json.getBytes(StandardCharsets.UTF_8)).json()).isEqualTo(json);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "{}{}", "1],[2", "{\"a\":", "tru", "{a:1}", "\"open"})
  void shouldRefuseWhatIsNotOneValue(String json) {
    assertThatThrownBy(() -> payload(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(PoisonEventException.class)
        .hasMessageStartingWith("not JSON");
  }

  @Test
  void shouldRefuseWhatIsNotText() {
    assertThatThrownBy(() -> payload(new byte[] {'"', (byte) 0xff, '"'}))
        .isInstanceOf(PoisonEventException.class)
        .hasMessage("not UTF-8");
  }

  @Test
  void shouldRefuseAnotherEncoding() {
    assertThatThrownBy(() -> payload("{}".getBytes(StandardCharsets.UTF_16LE)))
        .isInstanceOf(PoisonEventException.class)
        .hasMessageStartingWith("not JSON");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      value = {
        "{\"a\":1.50,\"b\":{\"a\":2},\"c\":\"x\"} | {\"a\":1.50,\"c\":\"x\"}",
        "{\"b\":[1,{}], \"c\" : {\"d\": [ null ]} } | {\"c\":{\"d\": [ null ]}}",
        "{\"\\u0061\":true,\"a\":\"h\u00e9\\u00e9\"} | {\"a\":true,\"a\":\"h\u00e9\\u00e9\"}",
        "{\"b\":1} | {}",
        "{} | {}",
      })
  void shouldLeaveOutWhatIsNotUsed(String json, String left) {
    assertThat(used(json.getBytes(StandardCharsets.UTF_8)).json()).isEqualTo(left);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "[]", "1", "{}{}", "{\"a\":1", "{\"b\":tru}", "{\"b\":}"})
  void shouldRefuseWhatIsNotOneObjectWhereMembersAreUsed(String json) {
    assertThatThrownBy(() -> used(json.getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(PoisonEventException.class);
  }

  private static Payload used(byte[] bytes) {
    return Payload.of(event(bytes), new MemberNames(Set.of("a", "c")));
  }

  private static Payload payload(byte[] bytes) {
    return Payload.of(event(bytes));
  }

  private static IncomingEvent event(byte[] bytes) {
    return new IncomingEvent(new ConsumerRecord<>("t", 0, 0, null, bytes));
  }
}
