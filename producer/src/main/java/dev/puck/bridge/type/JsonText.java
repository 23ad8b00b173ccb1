package dev.puck.bridge.type;

/** Finds one's way in JSON that PostgreSQL wrote, and which is therefore taken to be valid. */
final class JsonText {
  private JsonText() {}

  /**
   * Where a value ends that begins there.
   *
   * @throws IllegalArgumentException if it does not end before the limit
   */
  static int end(byte[] bytes, int from, int limit) {
    return switch (bytes[from]) {
      case '"' -> endOfString(bytes, from, limit);
      case '{', '[' -> endOfNested(bytes, from, limit);
      default -> endOfLiteral(bytes, from, limit);
    };
  }

  static int skipSpace(byte[] bytes, int from, int limit) {
    int at = from;
    while (at < limit && isSpace(bytes[at])) {
      at++;
    }
    return at;
  }

  static boolean isSpace(byte each) {
    return each == ' ' || each == '\n' || each == '\t' || each == '\r';
  }

  static boolean hasEscape(byte[] bytes, int offset, int length) {
    for (int at = offset; at < offset + length; at++) {
      if (bytes[at] == '\\') {
        return true;
      }
    }
    return false;
  }

  /** What a string with its quotes means, in UTF-8. */
  static JsonBuffer unescaped(byte[] bytes, int offset, int length) {
    JsonBuffer text = new JsonBuffer(length);
    int end = offset + length - 1;
    int at = offset + 1;
    while (at < end) {
      if (bytes[at] != '\\') {
        text.letter(bytes[at++]);
      } else if (bytes[at + 1] == 'u') {
        at = unescapeUnicode(bytes, at, end, text);
      } else {
        text.letter(unescaped(bytes[at + 1]));
        at += 2;
      }
    }
    return text;
  }

  private static int unescaped(byte letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      default -> letter;
    };
  }

  private static int unescapeUnicode(byte[] bytes, int from, int end, JsonBuffer text) {
    int at = from;
    StringBuilder units = new StringBuilder();
    while (at + 6 <= end && bytes[at] == '\\' && bytes[at + 1] == 'u') {
      int unit = 0;
      for (int digit = at + 2; digit < at + 6; digit++) {
        unit = unit << 4 | Character.digit(bytes[digit], 16);
      }
      units.append((char) unit);
      at += 6;
    }
    if (at == from) {
      throw new IllegalArgumentException("A JSON string ends within an escape");
    }
    text.raw(units.toString());
    return at;
  }

  private static int endOfString(byte[] bytes, int from, int limit) {
    int at = from + 1;
    while (at < limit && bytes[at] != '"') {
      at += bytes[at] == '\\' ? 2 : 1;
    }
    if (at >= limit) {
      throw new IllegalArgumentException("A JSON string does not end");
    }
    return at + 1;
  }

  private static int endOfNested(byte[] bytes, int from, int limit) {
    int depth = 0;
    int at = from;
    while (at < limit) {
      switch (bytes[at]) {
        case '"' -> at = endOfString(bytes, at, limit) - 1;
        case '{', '[' -> depth++;
        case '}', ']' -> depth--;
        default -> {
          // Within.
        }
      }
      at++;
      if (depth == 0) {
        return at;
      }
    }
    throw new IllegalArgumentException("A JSON object or array does not end");
  }

  private static int endOfLiteral(byte[] bytes, int from, int limit) {
    int at = from;
    while (at < limit && !isSpace(bytes[at]) && ",]}:".indexOf(bytes[at]) < 0) {
      at++;
    }
    return at;
  }
}
