package dev.puck.consumer.audit;

import dev.puck.consumer.projection.Comparison;
import dev.puck.consumer.projection.Sample;

/** One comparison of a projection with the truth, while it goes on serving. */
interface Audit {
  /** How many rows of the truth were read so far. Thread-safe. */
  long rows();

  /**
   * Does it.
   *
   * @param repair whether what differs is put right; not where the result is inexact
   * @throws dev.puck.service.retry.TransientException if trying again may help
   * @throws dev.puck.consumer.projection.StalledException if someone must mend something
   */
  Outcome run(boolean repair) throws InterruptedException;

  /**
   * What came out.
   *
   * @param sample the keys that were compared
   * @param exact whether everything that differs is drift for sure
   * @param repaired whether the projection was given what it must be
   */
  record Outcome(Comparison comparison, Sample sample, boolean exact, boolean repaired) {}
}
