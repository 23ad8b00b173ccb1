package dev.puck.lab.proof.oracle;

import dev.puck.lab.proof.history.Image;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads the lines of <a href="https://www.postgresql.org/docs/current/test-decoding.html">
 * test_decoding</a>, such as {@code table prove.account: UPDATE: old-key: id[integer]:1
 * note[text]:'it''s' new-tuple: id[integer]:1 note[text]:null}.
 */
final class RowParser {
  private static final String PREFIX = "table ";
  private static final String UNCHANGED = "unchanged-toast-datum";

  private final String line;
  private int at;

  private RowParser(String line) {
    this.line = line;
  }

  /** Whether the line is one of a row, or of tables that were truncated. */
  static boolean isRow(String line) {
    return line.startsWith(PREFIX);
  }

  /**
   * What the line says: one change, but of a truncate one for each table.
   *
   * @throws IllegalArgumentException if it cannot be read
   */
  static List<DecodedRow> parse(String line) {
    return new RowParser(line).rows();
  }

  private List<DecodedRow> rows() {
    at = PREFIX.length();
    String tables = until(": ");
    String verb = until(":");
    if (verb.equals("TRUNCATE")) {
      return List.of(tables.split(", ", -1)).stream()
          .map(table -> new DecodedRow(table, verb, Map.of(), Map.of()))
          .toList();
    }
    Map<String, @Nullable String> before = Map.of();
    Map<String, @Nullable String> after = Map.of();
    if (verb.equals("DELETE")) {
      before = columns();
    } else {
      if (take(" old-key:")) {
        before = columns();
        require(" new-tuple:");
      }
      after = columns();
      after.replaceAll(new Toast(before)::fill);
    }
    return List.of(new DecodedRow(tables, verb, before, after));
  }

  private Map<String, @Nullable String> columns() {
    Map<String, @Nullable String> columns = new LinkedHashMap<>();
    while (at < line.length() && !line.startsWith(" new-tuple:", at)) {
      require(" ");
      String name = line.startsWith("\"", at) ? quoted('"') : until("[");
      at = line.indexOf("]:", at) + 2;
      columns.put(name, value());
    }
    return columns;
  }

  private @Nullable String value() {
    if (line.startsWith("'", at)) {
      return quoted('\'');
    }
    int end = line.indexOf(' ', at);
    String value = line.substring(at, end < 0 ? line.length() : end);
    at += value.length();
    return value.equals("null") ? null : value;
  }

  /** What stands in quotes, whose own are doubled. */
  private String quoted(char quote) {
    StringBuilder text = new StringBuilder();
    for (at++; ; at++) {
      char next = line.charAt(at);
      if (next == quote) {
        if (at + 1 >= line.length() || line.charAt(at + 1) != quote) {
          break;
        }
        at++;
      }
      text.append(next);
    }
    at++;
    return text.toString();
  }

  private String until(String end) {
    int to = line.indexOf(end, at);
    if (to < 0) {
      throw new IllegalArgumentException("No '" + end + "' after character " + at + ": " + line);
    }
    String text = line.substring(at, to);
    at = to + end.length();
    return text;
  }

  private boolean take(String text) {
    boolean there = line.startsWith(text, at);
    at += there ? text.length() : 0;
    return there;
  }

  private void require(String text) {
    if (!take(text)) {
      throw new IllegalArgumentException("No '" + text + "' at character " + at + ": " + line);
    }
  }

  /** A long value that an update left alone is only in the row before, if that is told. */
  private record Toast(Map<String, @Nullable String> before) {
    @Nullable String fill(String name, @Nullable String value) {
      if (!UNCHANGED.equals(value)) {
        return value;
      }
      return before.containsKey(name) ? before.get(name) : Image.UNAVAILABLE;
    }
  }
}
