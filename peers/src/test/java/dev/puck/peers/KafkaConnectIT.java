package dev.puck.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.config.RowFormat;
import dev.puck.bridge.config.SourceType;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import io.debezium.transforms.ExtractNewRecordState;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.connect.data.Schema;
import org.apache.kafka.connect.data.SchemaAndValue;
import org.apache.kafka.connect.data.Struct;
import org.apache.kafka.connect.json.JsonConverter;
import org.apache.kafka.connect.sink.SinkRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Debezium's own transform, behind Kafka's own converter, comes to the table's rows. */
@ExtendWith(PuckExtension.class)
class KafkaConnectIT {
  @ParameterizedTest
  @EnumSource(
      value = SourceType.class,
      names = {"OUTBOX", "WAL"})
  void shouldComeToTheRows(SourceType source, TestEnvironment environment) throws Exception {
    try (RelayedTable table =
            new RelayedTable(source, RowFormat.DEBEZIUM_WITH_SCHEMA, environment);
        JsonConverter keys = new JsonConverter();
        JsonConverter values = new JsonConverter();
        ExtractNewRecordState<SinkRecord> transform = new ExtractNewRecordState<>()) {
      // Given
      keys.configure(Map.of("schemas.enable", true), true);
      values.configure(Map.of("schemas.enable", true), false);
      transform.configure(Map.of());

      // When
      Map<Integer, String> folded = new TreeMap<>();
      for (ConsumerRecord<byte[], byte[]> record : table.records()) {
        SchemaAndValue key = keys.toConnectData(record.topic(), record.key());
        SchemaAndValue value = values.toConnectData(record.topic(), record.value());
        SinkRecord extracted =
            transform.apply(
                new SinkRecord(
                    record.topic(),
                    record.partition(),
                    key.schema(),
                    key.value(),
                    value.schema(),
                    value.value(),
                    record.offset()));
        if (extracted != null) {
          fold(extracted, folded);
        }
      }

      // Then
      assertThat(folded).isEqualTo(table.rows());
    }
  }

  private static void fold(SinkRecord record, Map<Integer, String> rows) {
    Integer id = ((Struct) record.key()).getInt32("id");
    @Nullable Struct row = (Struct) record.value();
    if (row == null) {
      rows.remove(id);
    } else {
      assertThat(row.getInt32("id")).isEqualTo(id);
      assertThat(row.schema().field("day").schema().name()).isEqualTo("io.debezium.time.Date");
      assertThat(row.schema().field("count").schema().type()).isEqualTo(Schema.Type.INT64);
      rows.put(id, text(row));
    }
  }

  private static String text(Struct row) {
    @Nullable String at = row.getString("at");
    return String.join(
        "|",
        String.valueOf(row.getString("name")),
        String.valueOf(row.getString("amount")),
        String.valueOf(row.getBoolean("paid")),
        String.valueOf(row.getInt32("day")),
        at == null
            ? "null"
            : Long.toString(
                ChronoUnit.MICROS.between(Instant.EPOCH, OffsetDateTime.parse(at).toInstant())),
        String.valueOf(row.getInt64("count")));
  }
}
