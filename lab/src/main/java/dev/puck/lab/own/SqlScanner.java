package dev.puck.lab.own;

import dev.puck.lab.own.SqlFile.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Finds statements and parameters in SQL, and leaves alone what is quoted, a comment or a cast.
 * Used once.
 */
final class SqlScanner {
  /** What is taken as it stands; the order matters. */
  private static final Pattern OPAQUE =
      Pattern.compile(
          "(?<comment>--[^\\n]*|/\\*.*?\\*/)"
              + "|[eE]'(?:[^'\\\\]|\\\\.|'')*'"
              + "|'(?:[^']|'')*'"
              + "|\"(?:[^\"]|\"\")*\""
              + "|\\$(?<tag>[A-Za-z_]\\w*)?\\$.*?\\$\\k<tag>\\$"
              + "|\\$\\$.*?\\$\\$"
              + "|::|:=",
          Pattern.DOTALL);

  private static final Pattern NAME = Pattern.compile(":([A-Za-z_]\\w*)");

  private final String text;
  private final List<Statement> statements = new ArrayList<>();
  private final List<String> problems = new ArrayList<>();
  private StringBuilder sql = new StringBuilder();
  private List<Parameter> parameters = new ArrayList<>();
  private boolean empty = true;

  private SqlScanner(String text) {
    this.text = text;
  }

  /**
   * What a file says.
   *
   * @param problems is told what is wrong with it
   */
  static SqlFile scan(String text, List<String> problems) {
    SqlScanner scanner = new SqlScanner(text);
    scanner.scan();
    if (scanner.statements.isEmpty()) {
      scanner.problems.add("has no statement in it");
    }
    problems.addAll(scanner.problems);
    return new SqlFile(scanner.statements);
  }

  private void scan() {
    Matcher opaque = OPAQUE.matcher(text);
    Matcher name = NAME.matcher(text);
    int at = 0;
    while (at < text.length()) {
      if (opaque.region(at, text.length()).lookingAt()) {
        take(opaque.group(), opaque.group("comment") != null);
        at = opaque.end();
      } else if (name.region(at, text.length()).lookingAt()) {
        take(name.group(1));
        at = name.end();
      } else {
        take(text.charAt(at));
        at++;
      }
    }
    end();
  }

  private void take(String piece, boolean comment) {
    sql.append(piece);
    empty = empty && comment;
  }

  private void take(String parameter) {
    Parameter.named(parameter)
        .ifPresentOrElse(
            parameters::add,
            () ->
                problems.add(
                    "has :"
                        + parameter
                        + " in it; there are "
                        + Parameter.all()
                        + ", and :: is a cast"));
    take("?", false);
  }

  private void take(char character) {
    if (character == ';') {
      end();
    } else if (character == '?') {
      // An operator of PostgreSQL's, which JDBC would take for a parameter.
      take("??", false);
    } else {
      take(String.valueOf(character), Character.isWhitespace(character));
    }
  }

  private void end() {
    if (!empty) {
      statements.add(new Statement(sql.toString().strip(), parameters));
    }
    sql = new StringBuilder();
    parameters = new ArrayList<>();
    empty = true;
  }
}
