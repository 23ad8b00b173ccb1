package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.RowSchema;
import dev.puck.bridge.source.Utf8;
import dev.puck.bridge.type.ConnectJson;
import dev.puck.bridge.type.JsonBuffer;
import dev.puck.bridge.type.RowMapping;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes JSON of the rows of one shape, and of their keys. Owned by one thread. */
final class ImageMapping {
  private final RowMapping columns;

  /** The columns of the key, in its order. */
  private final int[] key;

  private final RowSchema schema;

  /** Where the values of the last row are. */
  private final int[] places;

  ImageMapping(RowMapping columns, List<String> keyColumns) {
    this.columns = columns;
    this.places = new int[2 * columns.size()];
    List<String> names = new ArrayList<>();
    columns.columns().forEach(each -> names.add(each.name()));
    this.key = keyColumns.stream().mapToInt(names::indexOf).filter(each -> each >= 0).toArray();
    this.schema = new RowSchema(ConnectJson.row(columns), ConnectJson.key(columns, key));
  }

  /**
   * A row, and what identifies it.
   *
   * @param key null without primary key
   * @param schema what both are
   */
  record Image(Utf8 row, @Nullable String key, RowSchema schema) {}

  /** What a captured row becomes; uses the buffer. */
  Image of(Utf8 record, JsonBuffer json) {
    json.truncate(0);
    boolean complete = columns.writeRecord(record.bytes(), json, places);
    Utf8 row = Utf8.wrap(json.toByteArray());
    @Nullable String itsKey = complete && key.length > 0 ? key(row.bytes(), json) : null;
    return new Image(row, itsKey, schema);
  }

  /** Of the members of the row, whose places in it are those in the buffer. */
  private String key(byte[] row, JsonBuffer json) {
    json.truncate(0).letter('{');
    for (int i = 0; i < key.length; i++) {
      if (i > 0) {
        json.letter(',');
      }
      columns.writeName(key[i], json);
      int from = places[2 * key[i]];
      json.raw(row, from, places[2 * key[i] + 1] - from);
    }
    json.letter('}');
    return new String(json.bytes(), 0, json.size(), StandardCharsets.UTF_8);
  }
}
