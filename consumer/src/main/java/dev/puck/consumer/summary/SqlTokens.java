package dev.puck.consumer.summary;

/**
 * Cuts SQL into what matters for finding placeholders: a name after a colon, a question mark, and
 * everything else. Literals, quoted names, dollar quotes and comments stay whole, as do casts.
 */
final class SqlTokens {
  private final String sql;
  private int start;
  private int end;

  SqlTokens(String sql) {
    this.sql = sql;
  }

  /** Goes on to the next token; false at the end. */
  boolean next() {
    start = end;
    if (start == sql.length()) {
      return false;
    }
    end = endOf(start);
    return true;
  }

  String text() {
    return sql.substring(start, end);
  }

  private int endOf(int at) {
    char first = sql.charAt(at);
    return switch (first) {
      case '\'' -> literal(at + 1, false);
      case '"' -> quoted(at + 1);
      case '-' -> at(at, "--") ? lineComment(at) : at + 1;
      case '/' -> at(at, "/*") ? blockComment(at) : at + 1;
      case '$' -> dollarQuote(at);
      case ':' -> colon(at);
      default -> isNameStart(first) || isDigit(first) ? word(at) : at + 1;
    };
  }

  /** A word; as a whole, so that the dollar in {@code a$b$} opens nothing. {@code E''} is one. */
  private int word(int at) {
    int after = name(at);
    boolean escapes = after == at + 1 && (sql.charAt(at) == 'e' || sql.charAt(at) == 'E');
    return escapes && at(after, "'") ? literal(after + 1, true) : after;
  }

  private int colon(int at) {
    if (at(at, "::")) {
      return at + 2;
    }
    boolean named = at + 1 < sql.length() && isNameStart(sql.charAt(at + 1));
    return named ? name(at + 1) : at + 1;
  }

  private int name(int at) {
    int after = at;
    while (after < sql.length() && isNamePart(sql.charAt(after))) {
      after++;
    }
    return after;
  }

  /** A doubled quote begins the next literal, which comes to the same. */
  private int literal(int from, boolean escapes) {
    int at = from;
    while (at < sql.length() && sql.charAt(at) != '\'') {
      at += escapes && sql.charAt(at) == '\\' ? 2 : 1;
    }
    if (escapes && at(at, "''")) {
      return literal(at + 2, true);
    }
    return Math.min(at + 1, sql.length());
  }

  private int quoted(int from) {
    int close = sql.indexOf('"', from);
    return close < 0 ? sql.length() : close + 1;
  }

  private int lineComment(int at) {
    int close = sql.indexOf('\n', at);
    return close < 0 ? sql.length() : close + 1;
  }

  /** Comments nest in PostgreSQL. */
  private int blockComment(int from) {
    int depth = 0;
    int at = from;
    while (at < sql.length()) {
      if (at(at, "/*")) {
        depth++;
        at += 2;
      } else if (at(at, "*/")) {
        at += 2;
        depth--;
        if (depth == 0) {
          return at;
        }
      } else {
        at++;
      }
    }
    return at;
  }

  private int dollarQuote(int at) {
    int tag = at + 1;
    while (tag < sql.length() && isNamePart(sql.charAt(tag)) && sql.charAt(tag) != '$') {
      tag++;
    }
    boolean opens = at(tag, "$") && !(tag > at + 1 && isDigit(sql.charAt(at + 1)));
    if (!opens) {
      return at + 1;
    }
    String delimiter = sql.substring(at, tag + 1);
    int close = sql.indexOf(delimiter, tag + 1);
    return close < 0 ? sql.length() : close + delimiter.length();
  }

  private boolean at(int at, String text) {
    return sql.startsWith(text, at);
  }

  private static boolean isNameStart(char c) {
    return Character.isLetter(c) || c == '_';
  }

  private static boolean isNamePart(char c) {
    return isNameStart(c) || isDigit(c) || c == '$';
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }
}
