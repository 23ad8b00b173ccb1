package dev.puck.lab.own;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds what would end the transaction that a script is run in: a rehearsal would be real then. */
final class TransactionControl {
  private static final Pattern FIRST_WORDS =
      Pattern.compile(
          "(?:\\s|--[^\\n]*\\n|/\\*.*?\\*/)*"
              + "(commit|rollback(?!\\s+to)|abort|end|prepare\\s+transaction)\\b.*",
          Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

  /** The body of a function in SQL, which ends with {@code end}. */
  private static final Pattern ATOMIC =
      Pattern.compile("\\bbegin\\s+atomic\\b", Pattern.CASE_INSENSITIVE);

  private TransactionControl() {}

  /** The words that end it. */
  static List<String> in(String script) {
    boolean hasBodies = ATOMIC.matcher(script).find();
    List<String> words = new ArrayList<>();
    for (SqlFile.Statement each : SqlScanner.scan(script, new ArrayList<>()).statements()) {
      Matcher found = FIRST_WORDS.matcher(each.sql());
      if (found.matches()) {
        String word = found.group(1).toLowerCase(Locale.ROOT);
        if (!(hasBodies && word.equals("end"))) {
          words.add(word);
        }
      }
    }
    return words;
  }
}
