package dev.puck.bridge.type;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The columns of a relation or composite type: a row becomes a JSON object. Immutable. */
public final class RowMapping {
  private static final String UNREADABLE = "__puck_unreadable_row";

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
   * @param constant as of {@link TypedColumn}
   */
  public record Column(String name, ValueMapping mapping, @Nullable String constant) {
    /** One with values. */
    public Column(String name, ValueMapping mapping) {
      this(name, mapping, null);
    }
  }

  /** In the order of the rows. */
  public List<Column> columns() {
    return columns;
  }

  /** How many columns there are. */
  public int size() {
    return columns.size();
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
   * Writes a row from the text that PostgreSQL makes of it as a record. One that does not have
   * these columns is a misfit, and stands as a string in an object of its own.
   *
   * @param places takes where in the buffer each column's value begins and ends
   * @return whether it has these columns
   */
  public boolean writeRecord(byte[] record, JsonBuffer json, int[] places) {
    int size = json.size();
    if (RecordText.write(this, record, 0, record.length, json, places)) {
      return true;
    }
    json.misfit(size).letter('{').string(UNREADABLE).letter(':');
    json.string(record, 0, record.length).letter('}');
    return false;
  }
}
