package dev.puck.bridge.type;

import org.jspecify.annotations.Nullable;

/** A record as PostgreSQL writes it, such as {@code (1,"b c",)}: becomes a JSON object. */
final class RecordText {
  private final RowMapping columns;
  private final byte[] bytes;

  /** Where the closing bracket is. */
  private final int limit;

  private final JsonBuffer json;
  private int at;

  private RecordText(RowMapping columns, byte[] bytes, int offset, int length, JsonBuffer json) {
    this.columns = columns;
    this.bytes = bytes;
    this.at = offset;
    this.limit = offset + length - 1;
    this.json = json;
  }

  /**
   * Writes the object.
   *
   * @param places takes where in the buffer each column's value begins and ends; null: not wanted
   * @return false if it is no record of these columns; a part of it may have been written
   */
  static boolean write(
      RowMapping columns,
      byte[] bytes,
      int offset,
      int length,
      JsonBuffer json,
      int @Nullable [] places) {
    return length >= 2
        && bytes[offset] == '('
        && bytes[offset + length - 1] == ')'
        && new RecordText(columns, bytes, offset, length, json).write(places);
  }

  private boolean write(int @Nullable [] places) {
    json.letter('{');
    boolean first = true;
    at++;
    for (int column = 0; column < columns.size(); column++) {
      if (column > 0) {
        json.letter(',');
      }
      columns.writeName(column, json);
      int from = json.size();
      @Nullable String constant = columns.columns().get(column).constant();
      if (constant != null) {
        json.raw(constant);
      } else if (!writeField(column, first)) {
        return false;
      } else {
        first = false;
      }
      if (places != null) {
        places[2 * column] = from;
        places[2 * column + 1] = json.size();
      }
    }
    json.letter('}');
    return at == limit;
  }

  private boolean writeField(int column, boolean first) {
    if (!first && (at >= limit || bytes[at++] != ',')) {
      return false;
    }
    if (at == limit || bytes[at] == ',') {
      json.raw("null");
      return true;
    }
    if (bytes[at] == '"') {
      return writeQuoted(column);
    }
    int from = at;
    while (at < limit && bytes[at] != ',') {
      at++;
    }
    columns.writeText(column, bytes, from, at - from, json);
    return true;
  }

  private boolean writeQuoted(int column) {
    int from = at;
    int end = PartText.end(bytes, from, limit);
    if (end < 0) {
      return false;
    }
    at = end;
    if (PartText.hasEscape(bytes, from, end)) {
      JsonBuffer text = PartText.unescaped(bytes, from, end);
      columns.writeText(column, text.bytes(), 0, text.size(), json);
    } else {
      columns.writeText(column, bytes, from + 1, end - from - 2, json);
    }
    return true;
  }
}
