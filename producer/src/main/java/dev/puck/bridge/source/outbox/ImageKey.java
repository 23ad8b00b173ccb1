package dev.puck.bridge.source.outbox;

import dev.puck.bridge.source.Utf8;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Finds the key in a row's image: a JSON object as PostgreSQL writes it, whose values keep their
 * very text. Reads no further than to the last column of the key.
 */
final class ImageKey {
  private final byte[] image;
  private final List<String> columns;
  private final @Nullable String[] values;
  private int at;

  private ImageKey(byte[] image, List<String> columns) {
    this.image = image;
    this.columns = columns;
    this.values = new @Nullable String[columns.size()];
  }

  /**
   * A JSON object of these columns alone, as {@code puck.key_in} writes it.
   *
   * @param columns as JSON strings; not empty
   * @return null where one is not there
   */
  static @Nullable String in(Utf8 image, List<String> columns) {
    return new ImageKey(image.bytes(), columns).find();
  }

  private @Nullable String find() {
    int missing = values.length;
    while (missing > 0) {
      at = skip(at + 1); // what opens the object, or a comma
      if (image[at] != '"') {
        return null;
      }
      int column = columns.indexOf(token());
      at = skip(skip(at) + 1);
      String value = token();
      if (column >= 0) {
        values[column] = value;
        missing--;
      }
      at = skip(at);
      if (missing > 0 && image[at] != ',') {
        return null;
      }
    }
    return text();
  }

  private String text() {
    StringBuilder key = new StringBuilder("{");
    for (int i = 0; i < values.length; i++) {
      key.append(i == 0 ? "" : ",").append(columns.get(i)).append(':').append(values[i]);
    }
    return key.append('}').toString();
  }

  /** The name or value that begins here; goes on behind it. */
  private String token() {
    int from = at;
    int depth = 0;
    do {
      switch (image[at]) {
        case '"' -> skipString();
        case '{', '[' -> {
          depth++;
          at++;
        }
        case '}', ']' -> {
          depth--;
          at++;
        }
        default -> at++;
      }
    } while (depth > 0 || !isEnd(from));
    return new String(image, from, at - from, StandardCharsets.UTF_8);
  }

  /** Whether what began there ends here: a number or a word does at what follows it. */
  private boolean isEnd(int from) {
    return switch (image[from]) {
      case '"', '{', '[' -> true;
      default -> ",]} \t\r\n".indexOf(image[at]) >= 0;
    };
  }

  private void skipString() {
    at++;
    while (image[at] != '"') {
      at += image[at] == '\\' ? 2 : 1;
    }
    at++;
  }

  private int skip(int from) {
    int next = from;
    while (" \t\r\n".indexOf(image[next]) >= 0) {
      next++;
    }
    return next;
  }
}
