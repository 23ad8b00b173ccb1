package dev.puck.bridge.type;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/** Points, as the struct that Debezium makes of them: the coordinates, and both in WKB. */
final class PointText {
  static final ConnectType TYPE =
      new ConnectType(
          ConnectType.Kind.STRUCT,
          "io.debezium.data.geometry.Point",
          1,
          Map.of(),
          true,
          null,
          List.of(
              new ConnectType.Field("x", ConnectType.plain(ConnectType.Kind.FLOAT64).required()),
              new ConnectType.Field("y", ConnectType.plain(ConnectType.Kind.FLOAT64).required()),
              new ConnectType.Field("wkb", ConnectType.plain(ConnectType.Kind.BYTES)),
              new ConnectType.Field("srid", ConnectType.plain(ConnectType.Kind.INT32))));

  private static final int WKB_BYTES = 21;
  private static final byte LITTLE_ENDIAN = 1;
  private static final int WKB_POINT = 1;

  private PointText() {}

  /** Of {@code (1,2)}. */
  static boolean write(byte[] bytes, int offset, int length, JsonBuffer json) {
    int end = offset + length - 1;
    int comma = offset;
    while (comma < end && bytes[comma] != ',') {
      comma++;
    }
    if (length < 5 || bytes[offset] != '(' || bytes[end] != ')' || comma == end) {
      return false;
    }
    int xLength = comma - offset - 1;
    int yLength = end - comma - 1;
    json.raw("{\"x\":");
    boolean valid = NumberText.writeFloat(bytes, offset + 1, xLength, json);
    json.raw(",\"y\":");
    valid = valid && NumberText.writeFloat(bytes, comma + 1, yLength, json);
    if (!valid) {
      return false;
    }
    byte[] wkb =
        ByteBuffer.allocate(WKB_BYTES)
            .order(ByteOrder.LITTLE_ENDIAN)
            .put(LITTLE_ENDIAN)
            .putInt(WKB_POINT)
            .putDouble(number(bytes, offset + 1, xLength))
            .putDouble(number(bytes, comma + 1, yLength))
            .array();
    json.raw(",\"wkb\":").base64(wkb, 0, WKB_BYTES).raw(",\"srid\":null}");
    return true;
  }

  private static double number(byte[] bytes, int offset, int length) {
    return Double.parseDouble(new String(bytes, offset, length, StandardCharsets.US_ASCII));
  }
}
