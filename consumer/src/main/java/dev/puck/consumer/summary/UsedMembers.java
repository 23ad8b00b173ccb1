package dev.puck.consumer.summary;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds which members of the events a statement can see at all: where each {@code :events} stands
 * in {@code jsonb_to_recordset(:events) as event(a integer, "B" jsonb)}, those are {@code a} and
 * {@code B}. Whatever it does not understand for certain, it takes for a use of the whole.
 */
final class UsedMembers {
  private static final String END = "";

  private final List<String> tokens;
  private final Set<String> members = new LinkedHashSet<>();
  private int at;

  private UsedMembers(List<String> tokens) {
    this.tokens = tokens;
  }

  /** The members, or nothing if the statement may use any. */
  static Optional<Set<String>> of(String template) {
    UsedMembers used = new UsedMembers(significant(template));
    return used.find() ? Optional.of(Collections.unmodifiableSet(used.members)) : Optional.empty();
  }

  private static List<String> significant(String template) {
    List<String> significant = new ArrayList<>();
    SqlTokens tokens = new SqlTokens(template);
    while (tokens.next()) {
      String text = tokens.text();
      if (!text.isBlank() && !text.startsWith("--") && !text.startsWith("/*")) {
        significant.add(text);
      }
    }
    return significant;
  }

  private boolean find() {
    for (int i = 0; i < tokens.size(); i++) {
      if (tokens.get(i).equals(":events")) {
        at = i + 1;
        if (!isArgument(i) || !columns()) {
          return false;
        }
      }
    }
    return true;
  }

  /** Whether that token is the argument of PostgreSQL's function, not of another of this name. */
  private boolean isArgument(int events) {
    return token(events - 1).equals("(")
        && isWord(token(events - 2), "jsonb_to_recordset")
        && (!token(events - 3).equals(".") || isWord(token(events - 4), "pg_catalog"));
  }

  /** Reads {@code ) [as] [alias] (column type, ...)}. */
  private boolean columns() {
    if (!taken(")")) {
      return false;
    }
    if (isWord(token(at), "as")) {
      at++;
    }
    if (!token(at).equals("(") && name(token(at++)) == null) {
      return false;
    }
    if (!taken("(")) {
      return false;
    }
    do {
      @Nullable String column = name(token(at++));
      // Behind a name comes a type; else it is more than one, as U&"a" and "a""b" are.
      if (column == null || !isPlainName(token(at))) {
        return false;
      }
      members.add(column);
    } while (isFollowedByAnother());
    return token(at - 1).equals(")");
  }

  /** Skips a column's type, which may have parentheses of its own. */
  private boolean isFollowedByAnother() {
    int depth = 0;
    while (true) {
      String token = token(at++);
      switch (token) {
        case END -> {
          return false;
        }
        case "(" -> depth++;
        case ")" -> {
          if (depth-- == 0) {
            return false;
          }
        }
        case "," -> {
          if (depth == 0) {
            return true;
          }
        }
        default -> {}
      }
    }
  }

  private boolean taken(String expected) {
    return token(at++).equals(expected);
  }

  private String token(int index) {
    return index >= 0 && index < tokens.size() ? tokens.get(index) : END;
  }

  private static boolean isWord(String token, String word) {
    return token.equalsIgnoreCase(word);
  }

  /** The name as PostgreSQL understands it; null if it is none, or one that depends on a locale. */
  private static @Nullable String name(String token) {
    if (token.length() > 2 && token.startsWith("\"") && token.endsWith("\"")) {
      return token.substring(1, token.length() - 1);
    }
    return isPlainName(token) ? token.toLowerCase(Locale.ROOT) : null;
  }

  private static boolean isPlainName(String token) {
    return token.matches("[A-Za-z_][A-Za-z0-9_$]*");
  }
}
