package dev.puck.bridge.relay;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.config.RowFormat;
import dev.puck.bridge.fake.RecordingListener;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.source.Batch;
import dev.puck.bridge.source.Operation;
import dev.puck.bridge.source.Origin;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.Relation;
import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.RowSchema;
import dev.puck.bridge.source.Utf8;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RowFormatTest {
  private static final Instant AT = Instant.parse("2026-01-01T00:00:00Z");
  private static final Relation SALE = new Relation("shop", "sale");
  private static final RowSchema SCHEMA =
      new RowSchema(
          "{\"type\":\"int32\",\"optional\":true,\"field\":\"id\"}",
          "{\"type\":\"int32\",\"optional\":false,\"field\":\"id\"}");
  private static final String OLD = "{\"id\":1,\"n\":null}";
  private static final String NEW = "{\"id\":2,\"n\":\"x\"}";

  @Test
  void shouldWriteTheRowItself() {
    assertThat(written(RowFormat.FLAT, change(Operation.CREATE, "k", null, null, NEW)))
        .containsExactly("k={\"id\":2,\"n\":\"x\",\"__op\":\"c\"}");
    assertThat(written(RowFormat.FLAT, change(Operation.READ, "k", null, null, "{}")))
        .containsExactly("k={\"__op\":\"r\"}");
    assertThat(written(RowFormat.FLAT, change(Operation.DELETE, "k", null, OLD, null)))
        .containsExactly("k=null");
    assertThat(written(RowFormat.FLAT, change(Operation.UPDATE, "k2", "k1", OLD, NEW)))
        .containsExactly("k1=null", "k2={\"id\":2,\"n\":\"x\",\"__op\":\"c\"}");
  }

  @Test
  void shouldWriteADeletionThatNoTombstoneCouldTell() {
    assertThat(written(RowFormat.FLAT, change(Operation.DELETE, null, null, OLD, null)))
        .containsExactly("null={\"id\":1,\"n\":null,\"__op\":\"d\"}");
  }

  @Test
  void shouldWriteTheSchemaOfKeyAndValue() throws JsonProcessingException {
    OutgoingEvent event =
        encoded(
                RowFormat.DEBEZIUM_WITH_SCHEMA,
                change(Operation.UPDATE, "{\"id\":2}", null, OLD, NEW))
            .get(0);

    assertThat(text(event.key()))
        .isEqualTo(
            "{\"schema\":{\"type\":\"struct\",\"fields\":["
                + SCHEMA.key()
                + "],\"optional\":false,\"name\":\"shop.sale.Key\"},\"payload\":{\"id\":2}}");
    JsonNode value = JsonMapper.builder().build().readTree(text(event.value()));
    assertThat(value.at("/schema/name").asText()).isEqualTo("shop.sale.Envelope");
    assertThat(value.at("/schema/fields").findValuesAsText("field"))
        .contains("before", "after", "source", "op", "ts_ms", "transaction");
    assertThat(value.at("/schema/fields/0/fields/0/type").asText()).isEqualTo("int32");
    assertThat(value.at("/payload/after")).hasToString(NEW);
    assertThat(value.at("/payload/op").asText()).isEqualTo("u");
  }

  @Test
  void shouldWriteASchemaThatHasChanged() {
    EventEncoder encoder = encoder(RowFormat.DEBEZIUM_WITH_SCHEMA);
    RowChange before = change(Operation.CREATE, "{\"id\":1}", null, null, OLD);
    RowChange after =
        new RowChange(
            SALE,
            Operation.CREATE,
            "{\"id\":2}",
            null,
            null,
            Utf8.of(NEW),
            AT,
            new Origin("2", 1),
            new RowSchema("{\"type\":\"int64\",\"optional\":true,\"field\":\"id\"}", SCHEMA.key()));

    List<OutgoingEvent> events =
        encoder.encode(new Batch(List.of(before, after, before), new Position("p"), AT, null));

    assertThat(events)
        .extracting(
            event -> text(event.value()).contains("\"int64\",\"optional\":true,\"field\":\"id\""))
        .containsExactly(false, true, false);
  }

  private static RowChange change(
      Operation operation,
      @Nullable String key,
      @Nullable String oldKey,
      @Nullable String before,
      @Nullable String after) {
    return new RowChange(
        SALE,
        operation,
        key,
        oldKey,
        before == null ? null : Utf8.of(before),
        after == null ? null : Utf8.of(after),
        AT,
        new Origin("1", 1),
        SCHEMA);
  }

  private static List<String> written(RowFormat format, RowChange change) {
    return encoded(format, change).stream()
        .map(event -> text(event.key()) + '=' + text(event.value()))
        .toList();
  }

  private static List<OutgoingEvent> encoded(RowFormat format, RowChange change) {
    return encoder(format).encode(new Batch(List.of(change), new Position("p"), AT, null));
  }

  private static EventEncoder encoder(RowFormat format) {
    return new EventEncoder(
        new BridgeIdentity("b1", "wal", 7, "db", "dev", null),
        new Routes(List.of(Route.ofTable("shop.sale", "sales", format)), "", null),
        List.of(),
        topic -> 1,
        new RecordingListener());
  }

  private static String text(byte @Nullable [] utf8) {
    return utf8 == null ? "null" : new String(utf8, StandardCharsets.UTF_8);
  }
}
