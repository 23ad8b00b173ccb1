package dev.puck.bridge.type;

import org.jspecify.annotations.Nullable;

/**
 * Arrays of {@code json} or {@code jsonb}, as a JSON array of strings. What is in a second
 * dimension is written as if it were an element that is a JSON array.
 *
 * @param element of an array whose elements are such arrays (by a domain); null for JSON itself
 */
record JsonArrayMapping(@Nullable JsonArrayMapping element) implements ValueMapping {
  private static final char DELIMITER = ',';

  @Override
  public void writeText(byte[] bytes, int offset, int length, JsonBuffer json) {
    int size = json.size();
    if (!ArrayText.parse(bytes, offset, length, DELIMITER, new Writer(json))) {
      json.misfit(size).string(bytes, offset, length);
    }
  }

  @Override
  public ConnectType connectType() {
    return ConnectType.arrayOf(JsonMapping.INSTANCE.connectType());
  }

  /** Writes the text output of an array as a document. */
  private void compose(byte[] bytes, int offset, int length, JsonBuffer json) {
    ArrayText.parse(bytes, offset, length, DELIMITER, new Composer(json));
  }

  private class Composer extends JsonBrackets {
    Composer(JsonBuffer json) {
      super(json);
    }

    @Override
    public void value(byte[] source, int offset, int length) {
      if (element == null) {
        json.raw(source, offset, length);
      } else {
        element.compose(source, offset, length, json);
      }
    }
  }

  /** Composes what is in the first dimension, and writes each as a string. */
  private final class Writer extends Composer {
    private final JsonBuffer array;
    private int depth;

    Writer(JsonBuffer array) {
      super(new JsonBuffer(64));
      this.array = array;
    }

    @Override
    public void open() {
      if (depth++ == 0) {
        array.letter('[');
      } else {
        super.open();
      }
    }

    @Override
    public void close() {
      if (--depth == 0) {
        array.letter(']');
      } else {
        super.close();
        flush();
      }
    }

    @Override
    public void separate() {
      if (depth == 1) {
        array.letter(',');
      } else {
        super.separate();
      }
    }

    @Override
    public void value(byte[] source, int offset, int length) {
      super.value(source, offset, length);
      flush();
    }

    @Override
    public void nothing() {
      super.nothing();
      flush();
    }

    private void flush() {
      if (depth == 1) {
        JsonMapping.INSTANCE.writeText(json.bytes(), 0, json.size(), array);
        json.truncate(0);
      }
    }
  }
}
