package dev.puck.bridge.source.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.type.TypedColumn;
import java.util.ArrayList;
import java.util.List;

/**
 * What captured rows consist of.
 *
 * @param columns in the order of the rows
 * @param keyColumns names of the primary key's, in its order; empty without one
 */
record RowShape(List<TypedColumn> columns, List<String> keyColumns) {
  private static final JsonMapper JSON = JsonMapper.builder().build();

  RowShape {
    columns = List.copyOf(columns);
    keyColumns = List.copyOf(keyColumns);
  }

  /** From the text of {@code puck.shape}. */
  static RowShape parse(String text) {
    try {
      JsonNode shape = JSON.readTree(text);
      List<TypedColumn> columns = new ArrayList<>();
      shape.get("fields").forEach(each -> columns.add(column(each)));
      List<String> keyColumns = new ArrayList<>();
      shape.get("key").forEach(each -> keyColumns.add(each.textValue()));
      return new RowShape(columns, keyColumns);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("puck.shape returned no JSON: " + text, e);
    }
  }

  private static TypedColumn column(JsonNode field) {
    String name = field.get("name").textValue();
    JsonNode type = field.get("type");
    return type.isNull()
        ? new TypedColumn(name, 0, -1, field.get("constant").textValue())
        : new TypedColumn(name, type.longValue(), field.get("typmod").intValue());
  }
}
