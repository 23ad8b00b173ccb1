package dev.puck.bridge.type;

/**
 * Takes the text output of an array apart. Its lower bounds, which JSON has none of, are left out.
 */
final class ArrayText {
  private final byte[] bytes;
  private final int end;
  private final char delimiter;
  private final Handler handler;
  private int at;

  private ArrayText(byte[] bytes, int offset, int length, char delimiter, Handler handler) {
    this.bytes = bytes;
    this.at = offset;
    this.end = offset + length;
    this.delimiter = delimiter;
    this.handler = handler;
  }

  /** What an array consists of, in turn. */
  interface Handler {
    /** A dimension begins. */
    void open();

    /** A dimension ends. */
    void close();

    /** One more element, or dimension, follows. */
    void separate();

    /** An element: its type's text output. */
    void value(byte[] source, int offset, int length);

    /** An element that is null. */
    void nothing();
  }

  /**
   * Tells the handler.
   *
   * @return false if it is no array; the handler may have been told of a part of it
   */
  static boolean parse(byte[] bytes, int offset, int length, char delimiter, Handler handler) {
    ArrayText text = new ArrayText(bytes, offset, length, delimiter, handler);
    return text.skipBounds() && text.parseDimension() && text.at == text.end;
  }

  /** Of {@code [2:3]={…}}. */
  private boolean skipBounds() {
    if (at < end && bytes[at] == '[') {
      while (at < end && bytes[at] != '=') {
        at++;
      }
      at++;
    }
    return is('{');
  }

  private boolean parseDimension() {
    handler.open();
    at++;
    boolean more = !is('}');
    while (more) {
      if (!(is('{') ? parseDimension() : parseElement())) {
        return false;
      }
      more = is(delimiter);
      if (more) {
        at++;
        handler.separate();
      }
    }
    if (!is('}')) {
      return false;
    }
    at++;
    handler.close();
    return true;
  }

  private boolean parseElement() {
    if (is('"')) {
      return parseQuoted();
    }
    int from = at;
    while (at < end && bytes[at] != delimiter && bytes[at] != '}' && bytes[at] != '{') {
      at++;
    }
    if (at - from == 4
        && bytes[from] == 'N'
        && bytes[from + 1] == 'U'
        && bytes[from + 2] == 'L'
        && bytes[from + 3] == 'L') {
      handler.nothing();
    } else if (at > from) {
      handler.value(bytes, from, at - from);
    } else {
      return false;
    }
    return true;
  }

  private boolean parseQuoted() {
    int from = at;
    int after = PartText.end(bytes, from, end);
    if (after < 0) {
      return false;
    }
    at = after;
    if (PartText.hasEscape(bytes, from, after)) {
      JsonBuffer text = PartText.unescaped(bytes, from, after);
      handler.value(text.bytes(), 0, text.size());
    } else {
      handler.value(bytes, from + 1, after - from - 2);
    }
    return true;
  }

  private boolean is(char letter) {
    return at < end && bytes[at] == letter;
  }
}
