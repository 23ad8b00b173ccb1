package dev.puck.bridge.type;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The columns of a relation or composite type: a row becomes a JSON object. Immutable. */
public final class RowMapping {
  private final List<Column> columns;

  /** Each column's name with quotes and colon, as it stands in JSON. */
  private final List<byte[]> names = new ArrayList<>();

  /** In the order of the rows. */
  public RowMapping(List<Column> columns) {
    this.columns = List.copyOf(columns);
    for (Column each : columns) {
      names.add(new JsonBuffer(64).string(each.name()).letter(':').toByteArray());
    }
  }

  /**
   * A column.
   *
   * @param name as the catalog spells it
   * @param mapping of its values
   */
  public record Column(String name, ValueMapping mapping) {}

  /** In the order of the rows. */
  public List<Column> columns() {
    return columns;
  }

  /** Writes a column's name as a member's: what comes next is its value. */
  public void writeName(int column, JsonBuffer json) {
    byte[] name = names.get(column);
    json.raw(name, 0, name.length);
  }

  /** Writes a column's value from its text output; it is not null. */
  public void writeText(int column, byte[] bytes, int offset, int length, JsonBuffer json) {
    columns.get(column).mapping().writeText(bytes, offset, length, json);
  }

  /**
   * Maps the members of an object that {@code row_to_json} wrote. One that is no column (which was
   * added since) is written as it is.
   *
   * @throws IllegalArgumentException if it is no object that is complete
   */
  public void writeJson(byte[] bytes, int offset, int length, JsonBuffer json) {
    int end = offset + length - 1;
    if (length < 2 || bytes[offset] != '{' || bytes[end] != '}') {
      throw new IllegalArgumentException("A row is no JSON object");
    }
    json.letter('{');
    int at = JsonText.skipSpace(bytes, offset + 1, end);
    for (int expected = 0; at < end; expected++) {
      int name = JsonText.end(bytes, at, end);
      int column = column(bytes, at, name, expected);
      json.raw(bytes, at, name - at).letter(':');
      at = JsonText.skipSpace(bytes, name, end);
      at = JsonText.skipSpace(bytes, at + 1, end);
      int value = JsonText.end(bytes, at, end);
      writeValue(column, bytes, at, value - at, json);
      at = JsonText.skipSpace(bytes, value, end);
      if (at < end) {
        json.letter(',');
        at = JsonText.skipSpace(bytes, at + 1, end);
      }
    }
    json.letter('}');
  }

  private void writeValue(int column, byte[] bytes, int offset, int length, JsonBuffer json) {
    if (column < 0) {
      json.misfit(json.size()).raw(bytes, offset, length);
    } else if (JsonMapping.isNull(bytes, offset, length)) {
      json.raw("null");
    } else {
      columns.get(column).mapping().writeJson(bytes, offset, length, json);
    }
  }

  /** The column of a name with its quotes; -1 if there is none such. */
  private int column(byte[] bytes, int from, int end, int expected) {
    if (expected < columns.size() && isName(expected, bytes, from, end)) {
      return expected;
    }
    for (int column = 0; column < columns.size(); column++) {
      if (isName(column, bytes, from, end)) {
        return column;
      }
    }
    return -1;
  }

  private boolean isName(int column, byte[] bytes, int from, int end) {
    byte[] name = names.get(column);
    return Arrays.equals(name, 0, name.length - 1, bytes, from, end);
  }
}
