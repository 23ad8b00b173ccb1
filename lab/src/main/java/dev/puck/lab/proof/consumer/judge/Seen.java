package dev.puck.lab.proof.consumer.judge;

import dev.puck.lab.proof.history.FlatJson;
import org.jspecify.annotations.Nullable;

/**
 * What a reader was told of a key.
 *
 * @param version null where there is none
 * @param value JSON; null if there is no such key
 */
record Seen(@Nullable String version, @Nullable String value) {
  /** What stands for the event of a key that is gone. */
  static final long GONE = -1;

  static final Seen NOTHING = new Seen(null, null);

  /** The number of the event that made it. */
  long eid() {
    return value == null ? GONE : Long.parseLong(String.valueOf(FlatJson.parse(value).get("eid")));
  }
}
