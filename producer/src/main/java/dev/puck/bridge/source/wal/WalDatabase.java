package dev.puck.bridge.source.wal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.puck.service.config.ConfigException;

/**
 * Which database cluster a position is of: in another one, or an earlier state of the same, its LSN
 * means nothing.
 *
 * @param system the cluster's identifier
 * @param timeline goes up at each failover and restore
 */
record WalDatabase(@JsonProperty("system") String system, @JsonProperty("timeline") long timeline) {
  static final String WAYS_OUT =
      " Either point the bridge at the database that it read before; or, if no change was lost,"
          + " run: puck checkpoint adopt; or begin anew: puck checkpoint reset --from earliest|now.";

  WalDatabase {
    requireNonNull(system);
  }

  /**
   * Sees that the database goes on where this one was.
   *
   * @param losslessFailover whether the configuration asserts that a failover loses nothing
   * @throws ConfigException if it does not
   */
  void requireContinuedBy(WalDatabase now, boolean losslessFailover) {
    if (!system.equals(now.system)) {
      throw new ConfigException(
          "The checkpoint is of the cluster "
              + system
              + ", and this one is "
              + now.system
              + ": a copy, or another server."
              + WAYS_OUT);
    }
    if (timeline != now.timeline && !(losslessFailover && timeline < now.timeline)) {
      throw new ConfigException(
          "The checkpoint is of timeline "
              + timeline
              + ", and this is timeline "
              + now.timeline
              + ": PostgreSQL was restored or failed over, and may have lost what is in Kafka"
              + " already. With synchronous replication, set bridge.wal.lossless-failover."
              + WAYS_OUT);
    }
  }
}
