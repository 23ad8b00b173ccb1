package dev.puck.cli.demo;

/**
 * Message ids from {@code first} to {@code last}, both among them.
 *
 * @param first at least 1
 * @param last not before {@code first}
 */
record MessageRange(long first, long last) {
  MessageRange {
    if (first < 1 || last < first) {
      throw new IllegalArgumentException(first + " to " + last + " is no range of messages");
    }
  }

  /** The next id; after the last the first again. */
  long after(long id) {
    return id == last ? first : id + 1;
  }
}
