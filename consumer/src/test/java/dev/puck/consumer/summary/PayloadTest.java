package dev.puck.consumer.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
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

  private static Payload payload(byte[] bytes) {
    return Payload.of(new IncomingEvent(new ConsumerRecord<>("t", 0, 0, null, bytes)));
  }
}
