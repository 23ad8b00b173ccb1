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
  IDLE;

  /** As on the command line. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
