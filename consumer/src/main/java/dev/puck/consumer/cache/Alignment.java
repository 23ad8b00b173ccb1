package dev.puck.consumer.cache;

import dev.puck.service.retry.TransientException;
import java.util.List;

/**
 * Brings a cache in line with the truth that a snapshot S of the source shows, while events go on
 * coming: what S saw is replaced by the truth, and what S did not see is newer and stays. No reader
 * is moved back. Owned by one thread, not that of the subscription.
 */
public interface Alignment {
  /**
   * Takes some rows of the truth; each key once in all.
   *
   * @throws TransientException if the store is away; the alignment must begin anew
   */
  void rows(List<TruthRow> rows);

  /**
   * To be called after the last row: what the store has of S, and the truth does not, is gone.
   *
   * @throws TransientException as above, or if the store has lost its entries meanwhile
   */
  Result finish();

  /**
   * What became of it.
   *
   * @param replaced keys whose value is now the truth's, be it another one or not
   * @param newer keys of the truth that had something newer
   * @param removed keys that the truth does not have
   */
  record Result(long replaced, long newer, long removed) {}
}
