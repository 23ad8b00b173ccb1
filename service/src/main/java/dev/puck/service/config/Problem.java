package dev.puck.service.config;

/**
 * One thing that is wrong with a configuration. Prints as one line, however long or odd the value
 * that it quotes.
 *
 * @param path the setting, such as {@code bridge.routes[0].topic}; relative where a record found it
 * @param text what is wrong with it and how to mend it; continues a sentence that the path begins
 */
public record Problem(String path, String text) {
  private static final int KEPT_CHARACTERS = 300;

  public Problem {
    path = line(path);
    text = line(text);
  }

  /** The component of the record that it is about, as a record names it. */
  String component() {
    return path.replaceFirst("[.\\[].*", "");
  }

  /** The same problem, seen from outside {@code parent}. */
  Problem inside(String parent) {
    return path.isEmpty() ? new Problem(parent, text) : new Problem(joined(parent), text);
  }

  /** The same problem with one more sentence. */
  Problem and(String sentence) {
    return new Problem(path, text + " " + sentence);
  }

  private String joined(String parent) {
    return parent.isEmpty() || path.startsWith("[") ? parent + path : parent + "." + path;
  }

  /** Cuts the middle, since the end says how to mend it. */
  private static String line(String text) {
    String line = text.replaceAll("[\\p{Cc}\\u2028\\u2029]+", " ");
    int length = line.length();
    return length <= 2 * KEPT_CHARACTERS
        ? line
        : line.substring(0, KEPT_CHARACTERS) + " … " + line.substring(length - KEPT_CHARACTERS);
  }

  @Override
  public String toString() {
    return path.isEmpty() ? text : path + " " + text;
  }
}
