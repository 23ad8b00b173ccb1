package dev.puck.bridge.relay;

import static dev.puck.bridge.relay.Utf8Buffer.utf8;

import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.Utf8;
import org.jspecify.annotations.Nullable;

/**
 * The row itself, with a member {@code __op}: as Debezium's {@code ExtractNewRecordState} leaves it
 * with {@code add.fields=op}. What has a key is deleted by a tombstone.
 */
final class FlatEncoding implements RowEncoding {
  private static final byte[] BEGIN = utf8("{");
  private static final byte[] COMMA = utf8(",");
  private static final byte[] OP = utf8("\"__op\":\"");
  private static final byte[] END = utf8("\"}");

  private final Utf8Buffer json = new Utf8Buffer();

  @Override
  public byte[] value(
      RowChange change,
      String op,
      @Nullable Utf8 before,
      @Nullable Utf8 after,
      @Nullable TransactionOrder order) {
    json.clear();
    @Nullable Utf8 row = after == null ? before : after;
    if (row == null || row.bytes().length <= 2) {
      json.append(BEGIN);
    } else {
      byte[] bytes = row.bytes();
      json.append(bytes, bytes.length - 1).append(COMMA);
    }
    return json.append(OP).append(utf8(op)).append(END).toByteArray();
  }

  @Override
  public boolean deletesByTombstone() {
    return true;
  }
}
