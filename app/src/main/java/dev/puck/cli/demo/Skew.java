package dev.puck.cli.demo;

import java.util.random.RandomGenerator;

/**
 * Chooses messages as crowds do: most look at a few. Message ids are 1 to {@code messages}. Rank r
 * is drawn with a weight of about 1/r, by inverting the integral of 1/x: cheap, and close to Zipf's
 * law. Thread-safe if the generator is.
 */
record Skew(int messages) {
  Skew {
    if (messages < 1) {
      throw new IllegalArgumentException("messages is " + messages + "; it must be at least 1");
    }
  }

  /** The id of the next message to be looked at. */
  long next(RandomGenerator random) {
    double rank = Math.pow(messages + 1.0, random.nextDouble());
    return Math.min(messages, (long) rank);
  }
}
