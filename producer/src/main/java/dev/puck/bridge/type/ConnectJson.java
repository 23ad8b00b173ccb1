package dev.puck.bridge.type;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Writes schemas as Kafka Connect's {@code JsonConverter} reads them.
 *
 * @see <a
 *     href="https://github.com/apache/kafka/blob/trunk/connect/json/src/main/java/org/apache/kafka/connect/json/JsonSchema.java">JsonSchema</a>
 */
public final class ConnectJson {
  private static final int CAPACITY = 256;

  private ConnectJson() {}

  /** The fields of a row, separated by commas; all are optional, since not all may be told. */
  public static String row(RowMapping row) {
    return fields(row.columns().stream().map(ConnectJson::field).toList());
  }

  /** The fields of its key, separated by commas. */
  public static String key(RowMapping row, int[] columns) {
    return fields(
        Arrays.stream(columns)
            .mapToObj(column -> field(row.columns().get(column)))
            .map(field -> new ConnectType.Field(field.name(), field.type().required()))
            .toList());
  }

  private static ConnectType.Field field(RowMapping.Column column) {
    return new ConnectType.Field(column.name(), column.mapping().connectType());
  }

  private static String fields(List<ConnectType.Field> fields) {
    JsonBuffer json = new JsonBuffer(CAPACITY);
    writeFields(fields, json);
    return new String(json.bytes(), 0, json.size(), StandardCharsets.UTF_8);
  }

  private static void writeFields(List<ConnectType.Field> fields, JsonBuffer json) {
    for (int i = 0; i < fields.size(); i++) {
      json.raw(i == 0 ? "{" : ",{");
      writeMembers(fields.get(i).type(), json);
      json.raw(",\"field\":").string(fields.get(i).name()).letter('}');
    }
  }

  private static void writeMembers(ConnectType type, JsonBuffer json) {
    json.raw("\"type\":\"").raw(type.kind().code()).raw("\",\"optional\":");
    json.raw(Boolean.toString(type.optional()));
    if (type.name() != null) {
      json.raw(",\"name\":").string(type.name());
      json.raw(",\"version\":").raw(Integer.toString(type.version()));
    }
    if (!type.parameters().isEmpty()) {
      writeParameters(new TreeMap<>(type.parameters()), json);
    }
    if (type.element() != null) {
      json.raw(",\"items\":{");
      writeMembers(type.element(), json);
      json.letter('}');
    }
    if (type.kind() == ConnectType.Kind.STRUCT) {
      json.raw(",\"fields\":[");
      writeFields(type.fields(), json);
      json.letter(']');
    }
  }

  private static void writeParameters(Map<String, String> parameters, JsonBuffer json) {
    String before = ",\"parameters\":{";
    for (Map.Entry<String, String> each : parameters.entrySet()) {
      json.raw(before).string(each.getKey()).letter(':').string(each.getValue());
      before = ",";
    }
    json.letter('}');
  }
}
