package dev.puck.cli.demo;

import dev.puck.service.config.Problems;

/**
 * How many write how often.
 *
 * @param rate writes a second, all writers together
 * @param writers connections that write
 */
public record CrowdSize(int rate, int writers) {
  private static final int MAX_RATE = 100_000;
  private static final int MAX_WRITERS = 64;

  public CrowdSize {
    new Problems()
        .range("--rate", rate, 1, MAX_RATE)
        .range("--writers", writers, 1, MAX_WRITERS)
        .throwIfAny();
  }
}
