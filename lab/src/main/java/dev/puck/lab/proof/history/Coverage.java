package dev.puck.lab.proof.history;

/** Which transactions a checkpoint covers, all of each. */
@FunctionalInterface
public interface Coverage {
  /** None; for a checkpoint that does not say so easily. */
  Coverage NOTHING = (xid, end) -> false;

  /**
   * Whether it covers that one.
   *
   * @param xid its id
   * @param end where its commit ends in the WAL
   */
  boolean covers(long xid, long end);
}
