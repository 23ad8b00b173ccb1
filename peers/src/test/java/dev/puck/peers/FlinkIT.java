package dev.puck.peers;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.config.RowFormat;
import dev.puck.bridge.config.SourceType;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.apache.flink.api.common.functions.util.ListCollector;
import org.apache.flink.formats.common.TimestampFormat;
import org.apache.flink.formats.json.debezium.DebeziumJsonDeserializationSchema;
import org.apache.flink.table.api.DataTypes;
import org.apache.flink.table.data.RowData;
import org.apache.flink.table.data.TimestampData;
import org.apache.flink.table.runtime.typeutils.InternalTypeInfo;
import org.apache.flink.table.types.DataType;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Flink's own {@code debezium-json} format comes to the table's rows. */
@ExtendWith(PuckExtension.class)
class FlinkIT {
  private static final DataType ROW =
      DataTypes.ROW(
          DataTypes.FIELD("id", DataTypes.INT()),
          DataTypes.FIELD("name", DataTypes.STRING()),
          DataTypes.FIELD("amount", DataTypes.DECIMAL(12, 2)),
          DataTypes.FIELD("paid", DataTypes.BOOLEAN()),
          DataTypes.FIELD("day", DataTypes.INT()),
          DataTypes.FIELD("at", DataTypes.TIMESTAMP_LTZ(6)),
          DataTypes.FIELD("count", DataTypes.BIGINT()));

  @ParameterizedTest
  @CsvSource({"WAL, DEBEZIUM", "WAL, DEBEZIUM_WITH_SCHEMA", "OUTBOX, DEBEZIUM"})
  void shouldComeToTheRows(SourceType source, RowFormat format, TestEnvironment environment)
      throws Exception {
    try (RelayedTable table = new RelayedTable(source, format, environment)) {
      // Given
      DebeziumJsonDeserializationSchema schema =
          new DebeziumJsonDeserializationSchema(
              ROW,
              List.of(),
              InternalTypeInfo.of(ROW.getLogicalType()),
              /* schemaInclude= */ format == RowFormat.DEBEZIUM_WITH_SCHEMA,
              /* ignoreParseErrors= */ false,
              TimestampFormat.ISO_8601);
      schema.open(new NoContext());

      // When
      Map<Integer, String> folded = new TreeMap<>();
      for (ConsumerRecord<byte[], byte[]> record : table.records()) {
        List<RowData> rows = new ArrayList<>();
        schema.deserialize(record.value(), new ListCollector<>(rows));
        rows.forEach(row -> fold(row, folded));
      }

      // Then
      assertThat(folded).isEqualTo(table.rows());
    }
  }

  private static void fold(RowData row, Map<Integer, String> rows) {
    int id = row.getInt(0);
    switch (row.getRowKind()) {
      case INSERT -> assertThat(rows.put(id, text(row))).isNull();
      case UPDATE_AFTER -> rows.put(id, text(row));
      case UPDATE_BEFORE, DELETE -> assertThat(rows.remove(id)).isEqualTo(text(row));
    }
  }

  private static String text(RowData row) {
    TimestampData at = row.isNullAt(5) ? null : row.getTimestamp(5, 6);
    return String.join(
        "|",
        String.valueOf(row.getString(1)),
        row.isNullAt(2) ? "null" : row.getDecimal(2, 12, 2).toString(),
        row.isNullAt(3) ? "null" : Boolean.toString(row.getBoolean(3)),
        row.isNullAt(4) ? "null" : Integer.toString(row.getInt(4)),
        at == null
            ? "null"
            : Long.toString(
                TimeUnit.MILLISECONDS.toMicros(at.getMillisecond())
                    + at.getNanoOfMillisecond() / 1_000),
        row.isNullAt(6) ? "null" : Long.toString(row.getLong(6)));
  }
}
