package dev.puck.bridge.type;

/** Numbers and booleans. A number is written as PostgreSQL spells it: that is JSON. */
final class NumberText {
  private NumberText() {}

  static boolean writeBoolean(byte[] bytes, int offset, int length, JsonBuffer json) {
    if (length == 0) {
      return false;
    }
    switch (bytes[offset]) {
      case 't' -> json.raw("true");
      case 'f' -> json.raw("false");
      default -> {
        return false;
      }
    }
    return true;
  }

  static boolean writeInteger(byte[] bytes, int offset, int length, JsonBuffer json) {
    int at = length > 0 && bytes[offset] == '-' ? offset + 1 : offset;
    int end = offset + length;
    if (at == end) {
      return false;
    }
    for (; at < end; at++) {
      if (bytes[at] < '0' || bytes[at] > '9') {
        return false;
      }
    }
    json.raw(bytes, offset, length);
    return true;
  }

  /** A floating point number; as a string where JSON has none such. */
  static boolean writeFloat(byte[] bytes, int offset, int length, JsonBuffer json) {
    if (isNumber(bytes, offset, length)) {
      json.raw(bytes, offset, length);
      return true;
    }
    return writeSpecial(bytes, offset, length, json);
  }

  /** As a string, since many readers of JSON would make it a floating point number. */
  static boolean writeNumeric(byte[] bytes, int offset, int length, JsonBuffer json) {
    if (isNumber(bytes, offset, length)) {
      json.letter('"').raw(bytes, offset, length).letter('"');
      return true;
    }
    return writeSpecial(bytes, offset, length, json);
  }

  /** Of {@code -$1,234.50}, the number, as a string. */
  static boolean writeMoney(byte[] bytes, int offset, int length, JsonBuffer json) {
    json.letter('"');
    boolean valid = false;
    for (int at = offset; at < offset + length; at++) {
      byte each = bytes[at];
      if (each >= '0' && each <= '9') {
        valid = true;
        json.letter(each);
      } else if (each == '-' || each == '.') {
        json.letter(each);
      } else if (each != '$' && each != ',') {
        return false;
      }
    }
    json.letter('"');
    return valid;
  }

  private static boolean isNumber(byte[] bytes, int offset, int length) {
    int at = length > 0 && bytes[offset] == '-' ? offset + 1 : offset;
    int end = offset + length;
    if (at == end || bytes[at] < '0' || bytes[at] > '9') {
      return false;
    }
    for (; at < end; at++) {
      byte each = bytes[at];
      if ((each < '0' || each > '9') && each != '.' && each != 'e' && each != '+' && each != '-') {
        return false;
      }
    }
    return true;
  }

  private static boolean writeSpecial(byte[] bytes, int offset, int length, JsonBuffer json) {
    if (length == 0 || (bytes[offset] != 'N' && bytes[offset] != 'I' && bytes[offset] != '-')) {
      return false;
    }
    json.string(bytes, offset, length);
    return true;
  }
}
