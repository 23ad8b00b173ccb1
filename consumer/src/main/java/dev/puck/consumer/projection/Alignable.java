package dev.puck.consumer.projection;

import java.util.List;

/** A projection that takes the truth key by key, in place. Thread-safe. */
public interface Alignable extends Projection {
  /** Whether it waits for a first alignment before it is complete. */
  boolean isUnaligned();

  /**
   * Begins to bring it in line with the truth that the snapshot shows.
   *
   * @throws dev.puck.service.retry.TransientException if its store is away
   */
  Aligner beginAlignment(SourceSnapshot truth);

  /** Takes the truth. Owned by one thread; after a failure another one is to be begun. */
  interface Aligner {
    /** Takes rows of the truth, each a JSON object of {@code key} and {@code value}. */
    void add(List<String> rows);

    /** To be called after the last row: what the truth does not have is gone. */
    void finish();
  }
}
