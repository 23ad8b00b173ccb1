package dev.puck.lab.report;

/** Text for a page. */
final class Html {
  private Html() {}

  /** What shows as that text, in an element or between quotes. */
  static String escape(String text) {
    return text.replace("&", "&amp;")
        .replace("<", "&lt;")
        .replace(">", "&gt;")
        .replace("'", "&#39;")
        .replace("\"", "&quot;");
  }
}
