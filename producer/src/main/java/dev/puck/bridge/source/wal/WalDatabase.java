package dev.puck.bridge.source.wal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.puck.bridge.source.Lineage;
import dev.puck.service.config.ConfigException;

/**
 * Which database cluster a position is of: in another one, or an earlier state of the same, its LSN
 * means nothing.
 *
 * @param system the cluster's identifier
 * @param timeline goes up at each failover and restore
 */
record WalDatabase(@JsonProperty("system") String system, @JsonProperty("timeline") long timeline) {
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
    lineage().requireContinuedBy(now.lineage(), losslessFailover, "bridge.wal.lossless-failover");
  }

  private Lineage lineage() {
    return new Lineage(system, timeline);
  }
}
