package dev.puck.cli.tail;

/** Makes text from elsewhere fit for a terminal, which it must not steer. */
public final class Printable {
  private Printable() {}

  /** The text with its control characters spelled out. */
  public static String text(String text) {
    return text.codePoints()
        .collect(
            StringBuilder::new,
            (line, point) -> {
              if (Character.isISOControl(point)) {
                line.append(String.format("\\u%04x", point));
              } else {
                line.appendCodePoint(point);
              }
            },
            StringBuilder::append)
        .toString();
  }
}
