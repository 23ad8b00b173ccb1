package dev.puck.cli.demo.play;

import java.util.Locale;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** How a play prints its speakers, and how we do. */
final class SpeakerName {
  private static final Pattern WORD = Pattern.compile("[^\\s-]+");
  private static final Pattern ROMAN_NUMERAL = Pattern.compile("[IVX]+");
  private static final Set<String> SMALL_WORDS = Set.of("AND", "OF", "THE", "TO");

  private SpeakerName() {}

  /** The form in which two spellings of one name are equal. */
  static String key(String name) {
    return name.toLowerCase(Locale.ROOT);
  }

  /** {@code KING HENRY IV} becomes {@code King Henry IV}; what is not all upper case stays. */
  static String readable(String name) {
    if (!name.equals(name.toUpperCase(Locale.ROOT))) {
      return name;
    }
    return WORD.matcher(name).replaceAll(SpeakerName::readableWord);
  }

  private static String readableWord(MatchResult word) {
    String text = word.group();
    if (ROMAN_NUMERAL.matcher(text).matches()) {
      return text;
    }
    if (word.start() > 0 && SMALL_WORDS.contains(text)) {
      return text.toLowerCase(Locale.ROOT);
    }
    return text.substring(0, 1) + text.substring(1).toLowerCase(Locale.ROOT);
  }
}
