package dev.puck.consumer.projection;

import java.util.List;

/**
 * Compares entries with a truth that was read under a snapshot S, in place: an entry that S saw
 * must equal the truth, one that is newer passes. Owned by one thread. Every method may throw a
 * {@link dev.puck.service.retry.TransientException}: then another one is to be begun.
 */
public interface EntryCheck {
  /** Told of S before the first row. */
  void begin(SourceSnapshot truth);

  /** Takes rows of the truth, each a JSON object of {@code key} and {@code value}. */
  void add(List<String> rows);

  /** Compares all; to be called once the projection has everything that S saw. */
  Comparison compare();

  /** Looks once more at those that differed. */
  Comparison compareAgain();

  /**
   * Whether some differ of which nobody can tell whether S saw them, since they tell no
   * transaction; they are taken for newer. What {@link #next} gives can tell, of those that stay.
   */
  boolean isUndecided();

  /** A check of the same keys, which is to be given the truth anew, later than this one was. */
  EntryCheck next();

  /** Puts right what differs, unless it has changed since it was compared. */
  void repair();
}
