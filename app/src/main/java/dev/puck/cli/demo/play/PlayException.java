package dev.puck.cli.demo.play;

import org.jspecify.annotations.Nullable;

/** The play cannot be read. The message is one line that says which file, why, and what to do. */
public final class PlayException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private PlayException(String message, @Nullable Throwable cause) {
    super(message, cause);
  }

  /** The file is there, but it is no XML, or no play. */
  static PlayException notAPlay(String name, String reason, @Nullable Throwable cause) {
    return new PlayException(
        name
            + " is not a play in Bosak's XML format: "
            + reason
            + "; expected a <PLAY> root with <SPEECH> elements. Leave --play out to use Hamlet.",
        cause);
  }

  /** The file is not there, or it may not be read. */
  static PlayException unreadable(String name, String reason, Throwable cause) {
    return new PlayException(
        name + " cannot be read: " + reason + ". Leave --play out to use Hamlet.", cause);
  }
}
