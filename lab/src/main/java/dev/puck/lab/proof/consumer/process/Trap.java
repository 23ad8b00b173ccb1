package dev.puck.lab.proof.consumer.process;

/**
 * What is to happen at a point.
 *
 * @param projection whose batches count
 * @param at the point
 * @param passes the last of so many
 * @param kind what happens there
 */
public record Trap(String projection, Point at, int passes, Kind kind) {
  /** What happens. */
  public enum Kind {
    /** It ends. */
    HALT,
    /** It says so, and waits for a word. */
    HOLD
  }

  /** As one line, which {@link #parse} reads. */
  String line() {
    return projection + " " + at + " " + passes + " " + kind;
  }

  static Trap parse(String line) {
    String[] words = line.split(" ", -1);
    return new Trap(
        words[0], Point.valueOf(words[1]), Integer.parseInt(words[2]), Kind.valueOf(words[3]));
  }

  /** One pass less. */
  Trap passed() {
    return new Trap(projection, at, passes - 1, kind);
  }
}
