package dev.puck.lab.tweet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.lab.tweet.MessageCounters.Counters;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MessageCountersTest {
  private final MessageCounters counters = new MessageCounters();

  @Test
  void shouldAddDifferencesUp() throws JsonProcessingException {
    Counters first = apply(null, "{\"messageid\":7,\"rts\":1,\"favs\":0}");
    Counters second = apply(first, "{\"messageid\":7,\"rts\":-1,\"favs\":1}");
    assertThat(second).isEqualTo(new Counters(7, 0, 1));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{}",
        "[]",
        "7",
        "null",
        "{\"messageid\":7,\"rts\":1}",
        "{\"messageid\":\"7\",\"rts\":1,\"favs\":0}",
        "{\"messageid\":7,\"rts\":1.5,\"favs\":0}",
        "{\"messageid\":7,\"rts\":99999999999999999999,\"favs\":0}"
      })
  void shouldRefuseWhatItCannotCount(String event) {
    assertThatThrownBy(() -> apply(null, event))
        .isInstanceOf(PoisonEventException.class)
        .hasMessageContaining("the event has no whole number");
  }

  private Counters apply(@Nullable Counters current, String event) throws JsonProcessingException {
    return counters.apply(current, JsonMapper.builder().build().readTree(event));
  }
}
