package dev.puck.bridge.relay;

import static dev.puck.bridge.relay.Utf8Buffer.quoted;
import static dev.puck.bridge.relay.Utf8Buffer.utf8;

import dev.puck.bridge.source.Relation;
import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.RowSchema;
import dev.puck.bridge.source.Utf8;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Debezium's envelope with its schema, {@code {"schema":…,"payload":…}}, as Kafka Connect's {@code
 * JsonConverter} reads it with {@code schemas.enable=true}. All columns are optional: before a
 * change, the WAL may tell some of them only.
 */
final class SchemaEncoding implements RowEncoding {
  private static final String SOURCE =
      """
      {"type":"struct","fields":[\
      {"type":"string","optional":false,"field":"version"},\
      {"type":"string","optional":false,"field":"connector"},\
      {"type":"string","optional":false,"field":"name"},\
      {"type":"int64","optional":false,"field":"ts_ms"},\
      {"type":"string","optional":true,"name":"io.debezium.data.Enum","version":1,"parameters":{"allowed":\
      "true,first,first_in_data_collection,last_in_data_collection,last,false,incremental"},\
      "default":"false","field":"snapshot"},\
      {"type":"string","optional":false,"field":"db"},\
      {"type":"string","optional":true,"field":"sequence"},\
      {"type":"int64","optional":true,"field":"ts_us"},\
      {"type":"int64","optional":true,"field":"ts_ns"},\
      {"type":"string","optional":false,"field":"schema"},\
      {"type":"string","optional":false,"field":"table"},\
      {"type":"int64","optional":true,"field":"txId"},\
      {"type":"int64","optional":true,"field":"lsn"},\
      {"type":"int64","optional":true,"field":"xmin"}],\
      "optional":false,"name":"io.debezium.connector.postgresql.Source","version":1,"field":"source"}""";

  private static final String REST =
      """
      {"type":"string","optional":false,"field":"op"},\
      {"type":"int64","optional":true,"field":"ts_ms"},\
      {"type":"int64","optional":true,"field":"ts_us"},\
      {"type":"int64","optional":true,"field":"ts_ns"},\
      {"type":"struct","fields":[\
      {"type":"string","optional":false,"field":"id"},\
      {"type":"int64","optional":false,"field":"total_order"},\
      {"type":"int64","optional":false,"field":"data_collection_order"}],\
      "optional":true,"name":"event.block","version":1,"field":"transaction"}""";

  private static final RowSchema UNKNOWN = new RowSchema("", "");

  private final RowEnvelope envelope;
  private final Map<Relation, Written> written = new HashMap<>();
  private final Utf8Buffer json = new Utf8Buffer();

  SchemaEncoding(RowEnvelope envelope) {
    this.envelope = envelope;
  }

  @Override
  public byte[] key(RowChange change, String key) {
    return json.clear().append(of(change).key).append(utf8(key)).append(utf8("}")).toByteArray();
  }

  @Override
  public byte[] value(
      RowChange change,
      String op,
      @Nullable Utf8 before,
      @Nullable Utf8 after,
      @Nullable TransactionOrder order) {
    byte[] payload =
        envelope.of(change.relation(), op, before, after, change.at(), change.origin(), order);
    return json.clear().append(of(change).value).append(payload).append(utf8("}")).toByteArray();
  }

  /** What comes before a relation's payloads; written anew when its schema changes. */
  private Written of(RowChange change) {
    @Nullable RowSchema known = change.schema();
    RowSchema schema = known == null ? UNKNOWN : known;
    @Nullable Written last = written.get(change.relation());
    if (last == null || !last.schema.equals(schema)) {
      last = write(change.relation().name(), schema);
      written.put(change.relation(), last);
    }
    return last;
  }

  private static Written write(String relation, RowSchema schema) {
    String key =
        "{\"schema\":{\"type\":\"struct\",\"fields\":["
            + schema.key()
            + "],\"optional\":false,\"name\":"
            + quoted(relation + ".Key")
            + "},\"payload\":";
    String row =
        "{\"type\":\"struct\",\"fields\":["
            + schema.columns()
            + "],\"optional\":true,\"name\":"
            + quoted(relation + ".Value")
            + ",\"field\":\"";
    String value =
        "{\"schema\":{\"type\":\"struct\",\"fields\":["
            + row
            + "before\"},"
            + row
            + "after\"},"
            + SOURCE
            + ','
            + REST
            + "],\"optional\":false,\"name\":"
            + quoted(relation + ".Envelope")
            + ",\"version\":2},\"payload\":";
    return new Written(schema, utf8(key), utf8(value));
  }

  private static final class Written {
    private final RowSchema schema;
    private final byte[] key;
    private final byte[] value;

    private Written(RowSchema schema, byte[] key, byte[] value) {
      this.schema = schema;
      this.key = key;
      this.value = value;
    }
  }
}
