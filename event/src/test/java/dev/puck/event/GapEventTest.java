package dev.puck.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

class GapEventTest {
  private static final GapEvent GAP =
      new GapEvent(
          "notify",
          Instant.parse("2026-01-01T00:00:00.5Z"),
          Instant.parse("2026-01-01T00:00:02Z"),
          "connection lost",
          List.of("tweet.activity"));

  @Test
  void shouldBeDocumentedJson() {
    assertThat(new String(GAP.toJson(), StandardCharsets.UTF_8))
        .isEqualTo(
            "{\"source\":\"notify\",\"from\":\"2026-01-01T00:00:00.500Z\","
                + "\"to\":\"2026-01-01T00:00:02Z\",\"reason\":\"connection lost\","
                + "\"channels\":[\"tweet.activity\"]}");
  }

  @Test
  void shouldReadWhatItWrites() {
    assertThat(GapEvent.fromJson(GAP.toJson())).isEqualTo(GAP);
  }

  @Test
  void shouldRefuseWhatIsNoGap() {
    assertThatThrownBy(() -> GapEvent.fromJson("{}".getBytes(StandardCharsets.UTF_8)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Not a gap");
  }
}
