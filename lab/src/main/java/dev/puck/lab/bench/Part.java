package dev.puck.lab.bench;

import java.util.Locale;

/** What can be measured by itself. */
public enum Part {
  /** What capture costs those who write. */
  WRITERS,
  /** How fast a backlog goes to Kafka. */
  DRAIN,
  /** How long a change takes from its commit to a reader. */
  LATENCY,
  /** What the bridge costs while nothing happens. */
  IDLE,
  /** How fast a consumer applies events, in memory and in a summary. */
  APPLY,
  /** How fast a consumer fills Redis. */
  REDIS,
  /** How long an answer from a cache takes while it changes. */
  HTTP,
  /** How soon a cache serves after its process began. */
  RESTART;

  /** As on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
