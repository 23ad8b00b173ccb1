package dev.puck.bridge.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonPointer;
import dev.puck.bridge.fake.RecordingListener;
import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Gap;
import dev.puck.bridge.source.Message;
import dev.puck.bridge.source.Position;
import dev.puck.event.GapEvent;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.junit.jupiter.api.Test;

class EventEncoderTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.000123456Z");
  private static final Routes ROUTES =
      new Routes(
          List.of(
              Route.ofChannel("keyed", "one", JsonPointer.compile("/id")),
              Route.ofChannel("plain", "two", null),
              Route.ofChannel("Other \"one\"", "one", null)),
          "p.",
          null);

  private final RecordingListener listener = new RecordingListener();
  private final EventEncoder encoder =
      new EventEncoder(
          new BridgeIdentity("b1", "notify", 7, "db", "dev", null),
          ROUTES,
          List.of(),
          topic -> topic.equals("one") ? 3 : 1,
          listener);

  @Test
  void shouldPutKeyPayloadAndHeadersIntoTheRecord() {
    // When
    OutgoingEvent event = encode(message("keyed", "{\"id\": 5}")).get(0);

    // Then
    assertThat(event.topic()).isEqualTo("one");
    assertThat(event.partition()).isNull();
    assertThat(event.key()).asString(StandardCharsets.UTF_8).isEqualTo("5");
    assertThat(text(event)).isEqualTo("{\"id\": 5}");
    assertThat(headers(event))
        .containsExactlyInAnyOrderEntriesOf(
            Map.of(
                "puck.kind", "message",
                "puck.bridge", "b1",
                "puck.id", "b1:00000007.000000000000.0000000000",
                "puck.position", "00000007.000000000000.0000000000",
                "puck.at", "1767225600000123"));
  }

  @Test
  void shouldLeaveTheKeyOutWhereTheRouteHasNone() {
    // When
    List<OutgoingEvent> events = encode(message("plain", "{"), message("plain", ""));

    // Then
    assertThat(events).allSatisfy(event -> assertThat(event.key()).isNull());
    assertThat(events).extracting(EventEncoderTest::text).containsExactly("{", "");
  }

  @Test
  void shouldCountBatchAndIndexUpInThePosition() {
    // When
    List<OutgoingEvent> first = encode(message("plain", "a"), message("keyed", "x"));
    List<OutgoingEvent> second = encode(message("plain", "c"));

    // Then
    assertThat(first)
        .extracting(event -> headers(event).get("puck.position"))
        .containsExactly("00000007.000000000000.0000000000", "00000007.000000000000.0000000001");
    assertThat(headers(second.get(0)))
        .containsEntry("puck.position", "00000007.000000000001.0000000000");
  }

  @Test
  void shouldSayAGapInEveryPartitionUnderOneId() {
    // When
    List<OutgoingEvent> events =
        encode(new Gap(AT.minusSeconds(5), AT, "lost"), message("plain", "after"));

    // Then
    assertThat(events).hasSize(5);
    List<OutgoingEvent> gaps = events.subList(0, 4);
    assertThat(gaps)
        .extracting(event -> event.topic() + "-" + event.partition())
        .containsExactly("one-0", "one-1", "one-2", "two-0");
    assertThat(gaps)
        .allSatisfy(
            gap -> {
              assertThat(gap.key()).asString(StandardCharsets.UTF_8).isEqualTo("puck:gap");
              assertThat(headers(gap))
                  .containsEntry("puck.kind", "gap")
                  .containsEntry("puck.id", "b1:00000007.000000000000.0000000000");
            });
    assertThat(events)
        .extracting(event -> headers(event).get("puck.position"))
        .isSorted()
        .doesNotHaveDuplicates();
    assertThat(GapEvent.fromJson(bytes(gaps.get(0))))
        .isEqualTo(
            new GapEvent(
                "notify", AT.minusSeconds(5), AT, "lost", List.of("keyed", "Other \"one\"")));
    assertThat(GapEvent.fromJson(bytes(gaps.get(3))).channels()).containsExactly("plain");
    assertThat(listener.heard()).containsExactly("gap: lost");
  }

  @Test
  void shouldKeepTheOriginalBytesOfADeadLetter() {
    // When
    OutgoingEvent event = encode(message("keyed", "Zoë \ud83e\uddda")).get(0);

    // Then
    assertThat(event.topic()).isEqualTo("one.dead-letter");
    assertThat(event.key()).isNull();
    assertThat(text(event)).isEqualTo("Zoë \ud83e\uddda");
    assertThat(headers(event))
        .containsEntry("puck.kind", "message")
        .containsEntry("puck.dead-letter.channel", "keyed")
        .containsEntry("puck.dead-letter.topic", "one")
        .hasEntrySatisfying(
            "puck.dead-letter.reason", reason -> assertThat(reason).contains("not JSON"));
    assertThat(listener.heard()).singleElement().asString().startsWith("dead letter of keyed: ");
  }

  @Test
  void shouldNameTheTopicAfterAChannelWithoutRoute() {
    // When
    OutgoingEvent event = encode(message("KEYED", "{}")).get(0);

    // Then
    assertThat(event.topic()).isEqualTo("p.KEYED");
  }

  @Test
  void shouldKeepWhatNoTopicCanBeNamedAfter() {
    // When
    OutgoingEvent event = encode(message("no topic!", "x")).get(0);

    // Then
    assertThat(event.topic()).isEqualTo("p.puck.dead-letter");
    assertThat(text(event)).isEqualTo("x");
    assertThat(headers(event)).containsEntry("puck.dead-letter.channel", "no topic!");
    assertThat(listener.heard())
        .containsExactly(
            "dead letter of no topic!: 'p.no topic!' cannot name a topic, and no route gives it"
                + " another");
  }

  private List<OutgoingEvent> encode(Change... changes) {
    return encoder.encode(new Batch(List.of(changes), new Position("p"), AT, null));
  }

  private static Message message(String channel, String payload) {
    return new Message(channel, payload, AT);
  }

  private static byte[] bytes(OutgoingEvent event) {
    return Objects.requireNonNull(event.value());
  }

  private static String text(OutgoingEvent event) {
    return new String(bytes(event), StandardCharsets.UTF_8);
  }

  private static Map<String, String> headers(OutgoingEvent event) {
    Map<String, String> headers = new HashMap<>();
    for (EventHeader header : event.headers()) {
      assertThat(headers.put(header.name(), header.text())).isNull();
    }
    return headers;
  }
}
