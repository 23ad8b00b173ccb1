package dev.puck.lab.bench.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RecordNumberTest {
  @Test
  void shouldReadKeyOrElseValue() {
    assertThat(number("{\"id\":17}", "{\"before\":null}")).isEqualTo(17);
    assertThat(number("{\"id\": 18}", null)).isEqualTo(18);
    assertThat(number("customer 5", "{\"id\":19,\"customer\":5}")).isEqualTo(19);
    assertThat(number(null, "{\"id\":20,\"customer\":5}")).isEqualTo(20);
  }

  @Test
  void shouldKnowNoneOfControlRecords() {
    assertThat(number("puck.truncate", "{\"op\":\"t\"}")).isNegative();
    assertThat(number("x", null)).isNegative();
  }

  private static long number(@Nullable String key, @Nullable String value) {
    return RecordNumber.of(new ConsumerRecord<>("t", 0, 0, bytes(key), bytes(value)));
  }

  private static byte @Nullable [] bytes(@Nullable String text) {
    return text == null ? null : text.getBytes(StandardCharsets.UTF_8);
  }
}
