package dev.puck.bridge.relay;

import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.Utf8;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/**
 * The row itself, with a member {@code __op}: as Debezium's {@code ExtractNewRecordState} leaves it
 * with {@code add.fields=op}. What has a key is deleted by a tombstone.
 */
final class FlatEncoding implements RowEncoding {
  private final Utf8Buffer json = new Utf8Buffer();

  @Override
  public byte[] key(RowChange change, String key) {
    return key.getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public byte[] value(RowChange change, String op, @Nullable Utf8 before, @Nullable Utf8 after) {
    json.clear();
    @Nullable Utf8 row = after == null ? before : after;
    if (row == null || row.bytes().length <= 2) {
      json.append(utf8("{"));
    } else {
      byte[] bytes = row.bytes();
      json.append(bytes, bytes.length - 1).append(utf8(","));
    }
    return json.append(utf8("\"__op\":\"" + op + "\"}")).toByteArray();
  }

  @Override
  public boolean deletesByTombstone() {
    return true;
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
