package dev.puck.bridge.type;

/** The quoted parts of arrays, composites and {@code hstore}. */
final class PartText {
  private PartText() {}

  /** Where a part ends whose quote is there; -1 if it does not. */
  static int end(byte[] bytes, int from, int limit) {
    if (from >= limit || bytes[from] != '"') {
      return -1;
    }
    int at = from + 1;
    while (at < limit) {
      if (bytes[at] == '\\' || isDoubledQuote(bytes, at, limit)) {
        at += 2;
      } else if (bytes[at] == '"') {
        return at + 1;
      } else {
        at++;
      }
    }
    return -1;
  }

  /** What a part with its quotes means. */
  static JsonBuffer unescaped(byte[] bytes, int from, int end) {
    JsonBuffer text = new JsonBuffer(end - from);
    int limit = end - 1;
    int copied = from + 1;
    for (int at = copied; at < limit; at++) {
      if (bytes[at] == '\\' || isDoubledQuote(bytes, at, limit)) {
        text.raw(bytes, copied, at - copied);
        at++;
        copied = at;
      }
    }
    return text.raw(bytes, copied, limit - copied);
  }

  /** Whether a part with its quotes means something else than what is between them. */
  static boolean hasEscape(byte[] bytes, int from, int end) {
    for (int at = from + 1; at < end - 1; at++) {
      if (bytes[at] == '\\' || bytes[at] == '"') {
        return true;
      }
    }
    return false;
  }

  private static boolean isDoubledQuote(byte[] bytes, int at, int limit) {
    return bytes[at] == '"' && at + 1 < limit && bytes[at + 1] == '"';
  }
}
