package dev.puck.bridge.type;

/** Bytes and bits. */
final class BinaryText {
  private BinaryText() {}

  /** Of {@code \x00ff}, base 64. */
  static boolean writeBytes(byte[] bytes, int offset, int length, JsonBuffer json) {
    if (length < 2 || length % 2 != 0 || bytes[offset] != '\\' || bytes[offset + 1] != 'x') {
      return false;
    }
    byte[] decoded = new byte[length / 2 - 1];
    for (int i = 0; i < decoded.length; i++) {
      int at = offset + 2 + 2 * i;
      int high = digit(bytes[at]);
      int low = digit(bytes[at + 1]);
      if (high < 0 || low < 0) {
        return false;
      }
      decoded[i] = (byte) (high << 4 | low);
    }
    json.base64(decoded, 0, decoded.length);
    return true;
  }

  private static int digit(byte letter) {
    if (letter >= '0' && letter <= '9') {
      return letter - '0';
    }
    return letter >= 'a' && letter <= 'f' ? letter - 'a' + 10 : -1;
  }

  static boolean writeBit(byte[] bytes, int offset, int length, JsonBuffer json) {
    if (length != 1 || (bytes[offset] != '0' && bytes[offset] != '1')) {
      return false;
    }
    json.raw(bytes[offset] == '1' ? "true" : "false");
    return true;
  }

  /**
   * Of {@code 0101}, base 64 of as many bytes as hold these bits, the last bit being the lowest.
   */
  static boolean writeBits(byte[] bytes, int offset, int length, JsonBuffer json) {
    byte[] decoded = new byte[(length + 7) / 8];
    for (int i = 0; i < length; i++) {
      byte bit = bytes[offset + length - 1 - i];
      if (bit == '1') {
        decoded[i / 8] |= (byte) (1 << i % 8);
      } else if (bit != '0') {
        return false;
      }
    }
    json.base64(decoded, 0, decoded.length);
    return true;
  }
}
