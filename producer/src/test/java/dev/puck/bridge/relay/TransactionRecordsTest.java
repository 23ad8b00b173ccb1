package dev.puck.bridge.relay;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.checkpoint.OpenTransaction;
import dev.puck.bridge.config.RowFormat;
import dev.puck.bridge.fake.RecordingListener;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Gap;
import dev.puck.bridge.source.Message;
import dev.puck.bridge.source.Operation;
import dev.puck.bridge.source.Origin;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.Relation;
import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.TransactionEnd;
import dev.puck.bridge.source.Utf8;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class TransactionRecordsTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00.123Z");
  private static final Pattern BLOCK =
      Pattern.compile(
          "\"id\":\"(\\d+)\",\"total_order\":(\\d+),\"data_collection_order\":(\\d+)}}");

  private final EventEncoder encoder = encoder("transactions", RowFormat.DEBEZIUM, List.of());

  @Test
  void shouldFrameATransactionThatIsInOneBatch() {
    assertThat(told(encode(row("a", 7), row("b", 7), row("a", 7), end(7), row("b", 8), end(8))))
        .containsExactly(
            "BEGIN 7",
            "a 7 1 1",
            "b 7 2 1",
            "a 7 3 2",
            "END 7 {s.a=2, s.b=1}",
            "BEGIN 8",
            "b 8 1 1",
            "END 8 {s.b=1}");
    assertThat(encoder.open()).isEmpty();
  }

  @Test
  void shouldTellOfTwoAtOnce() {
    assertThat(told(encode(row("a", 7), row("a", 8), row("a", 7), end(7), row("a", 8), end(8))))
        .containsExactly(
            "BEGIN 7",
            "a 7 1 1",
            "BEGIN 8",
            "a 8 1 1",
            "a 7 2 2",
            "END 7 {s.a=2}",
            "a 8 2 2",
            "END 8 {s.a=2}");
  }

  @Test
  void shouldCountOnFromACheckpoint() {
    encode(row("a", 7), row("b", 7));
    List<OpenTransaction> open = encoder.open();
    assertThat(open)
        .containsExactly(new OpenTransaction(7, new TreeMap<>(Map.of("s.a", 1L, "s.b", 1L))));

    EventEncoder next = encoder("transactions", RowFormat.DEBEZIUM, open);

    assertThat(told(encode(next, row("a", 7), end(7))))
        .containsExactly("a 7 3 2", "END 7 {s.a=2, s.b=1}");
  }

  /** The one before, whatever it counted, keeps what it gave away as it was. */
  @Test
  void shouldGiveACheckpointOfItsOwn() {
    encode(row("a", 7));
    List<OpenTransaction> open = encoder.open();

    encode(row("a", 7));

    assertThat(open.get(0).events()).isEqualTo(Map.of("s.a", 1L));
  }

  @ParameterizedTest
  @EnumSource(RowFormat.class)
  void shouldCountAChangedKeyTwiceAndADeletionOnceInEveryFormat(RowFormat format) {
    EventEncoder any = encoder("transactions", format, List.of());
    RowChange moved = change("a", Operation.UPDATE, "{\"id\":1}", "{\"id\":0}", 7);
    RowChange gone = change("a", Operation.DELETE, "{\"id\":1}", null, 7);

    List<OutgoingEvent> events = encode(any, moved, gone, end(7));

    assertThat(told(events.subList(events.size() - 1, events.size())))
        .containsExactly("END 7 {s.a=3}");
  }

  @Test
  void shouldSayNothingOfWhatHasNoRowsOrNoTransaction() {
    Message message = new Message("c", Utf8.of("x"), null, Map.of(), AT, new Origin("m", 9), null);

    assertThat(told(encode(message, end(9), row("a", 0)))).containsExactly("x", "a");
  }

  @Test
  void shouldSayNothingUnlessAsked() {
    EventEncoder silent = encoder(null, RowFormat.DEBEZIUM, List.of());

    assertThat(told(encode(silent, row("a", 7), end(7)))).containsExactly("a");
    assertThat(silent.open()).isEmpty();
  }

  /** What was before it may be lost, so that nobody knows what the counts would have been. */
  @Test
  void shouldForgetAtAGap() {
    encode(row("a", 7));

    List<OutgoingEvent> events = encode(new Gap(AT, AT, "test"), end(7));

    assertThat(events).extracting(OutgoingEvent::topic).contains("transactions");
    assertThat(told(events)).noneMatch(each -> each.startsWith("END"));
  }

  @Test
  void shouldBearItsTransactionInKeyAndHeaders() {
    List<OutgoingEvent> events = encode(row("a", 7), end(7));

    assertThat(events.get(0).key()).isEqualTo(events.get(2).key());
    assertThat(headers(events.get(0)))
        .containsEntry("puck.kind", "transaction")
        .containsEntry("puck.xid", "7")
        .containsEntry("puck.id", "of a/begin");
    assertThat(headers(events.get(2))).containsEntry("puck.id", "last/end");
  }

  private List<OutgoingEvent> encode(Change... changes) {
    return encode(encoder, changes);
  }

  private static List<OutgoingEvent> encode(EventEncoder encoder, Change... changes) {
    return encoder.encode(new Batch(List.of(changes), new Position("p"), AT, null));
  }

  private static EventEncoder encoder(
      @Nullable String topic, RowFormat format, List<OpenTransaction> begun) {
    return new EventEncoder(
        new BridgeIdentity("b1", "wal", 7, "db", "dev", null),
        new Routes(
            List.of(Route.ofTable("s.a", "a", format), Route.ofTable("s.b", "b", format)),
            "",
            topic),
        begun,
        any -> 1,
        new RecordingListener());
  }

  private static RowChange row(String table, long xid) {
    return change(table, Operation.CREATE, "{\"id\":1}", null, xid);
  }

  private static RowChange change(
      String table, Operation operation, String key, @Nullable String oldKey, long xid) {
    return new RowChange(
        new Relation("s", table),
        operation,
        key,
        oldKey,
        null,
        operation == Operation.DELETE ? null : Utf8.of("{\"id\":1}"),
        AT,
        new Origin("of " + table, xid),
        null);
  }

  private static TransactionEnd end(long xid) {
    return new TransactionEnd(AT, new Origin("last", xid));
  }

  /** In short. */
  private static List<String> told(List<OutgoingEvent> events) {
    return events.stream().map(TransactionRecordsTest::told).toList();
  }

  private static String told(OutgoingEvent event) {
    String value = new String(event.value(), StandardCharsets.UTF_8);
    if (event.topic().equals("transactions") && value.contains("\"status\":\"BEGIN\"")) {
      return value.replaceAll(".*\"id\":\"(\\d+)\".*", "BEGIN $1");
    }
    if (event.topic().equals("transactions") && value.contains("\"status\":\"END\"")) {
      Map<String, String> counts = new TreeMap<>();
      Matcher each =
          Pattern.compile("\"data_collection\":\"([^\"]+)\",\"event_count\":(\\d+)").matcher(value);
      while (each.find()) {
        counts.put(each.group(1), each.group(2));
      }
      return value.replaceAll(".*\"id\":\"(\\d+)\".*", "END $1 ") + counts;
    }
    Matcher block = BLOCK.matcher(value);
    if (block.find()) {
      return String.join(" ", event.topic(), block.group(1), block.group(2), block.group(3));
    }
    return value.startsWith("{\"before\"") ? event.topic() : value;
  }

  private static Map<String, String> headers(OutgoingEvent event) {
    Map<String, String> headers = new TreeMap<>();
    event.headers().forEach(header -> headers.put(header.name(), header.text()));
    return headers;
  }
}
