package dev.puck.cli.demo.play;

import java.util.List;

/**
 * What is said at once, by one speaker or by several together.
 *
 * @param speakers names as the play prints them, in its order; at least one
 * @param lines the spoken text without stage directions; empty when nothing is said
 */
public record Speech(List<String> speakers, List<String> lines) {
  public Speech {
    speakers = List.copyOf(speakers);
    lines = List.copyOf(lines);
    if (speakers.isEmpty()) {
      throw new IllegalArgumentException("A speech has no speaker; it needs at least one.");
    }
  }

  /** The lines, joined by a newline each. */
  public String text() {
    return String.join("\n", lines);
  }
}
