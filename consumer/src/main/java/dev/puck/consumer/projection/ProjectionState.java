package dev.puck.consumer.projection;

import java.util.Locale;

/** How a projection is. */
public enum ProjectionState {
  /** It has not reached the end offsets that it saw at start. */
  WARMING,
  /** It follows its topics. */
  SERVING,
  /** Something is away or wrong: it is retried, and what is served grows stale. */
  DEGRADED,
  /** Its thread died of a defect; only a restart of the process helps. */
  FAILED;

  /** The spelling in answers and metrics. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
