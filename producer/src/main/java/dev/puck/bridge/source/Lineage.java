package dev.puck.bridge.source;

import dev.puck.service.config.ConfigException;
import org.jspecify.annotations.Nullable;

/**
 * Which cluster a position is of, and which of its histories: in another one, what the position
 * names is something else.
 *
 * @param system the cluster's identifier; null where the provider does not tell it
 * @param timeline goes up at each failover and restore
 */
public record Lineage(@Nullable String system, long timeline) {
  /** What to do about a checkpoint of another database. */
  public static final String WAYS_OUT =
      " Either point the bridge at the database that it read before; or, if no change was lost,"
          + " run: puck checkpoint adopt; or begin anew: puck checkpoint reset --from earliest|now.";

  /**
   * Sees that a database goes on where this one was.
   *
   * @param losslessFailover whether the configuration asserts that a failover loses nothing
   * @param setting the name of the one that does
   * @throws ConfigException if it does not
   */
  public void requireContinuedBy(Lineage now, boolean losslessFailover, String setting) {
    if (system != null && now.system != null && !system.equals(now.system)) {
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
              + " already. With synchronous replication, set "
              + setting
              + "."
              + WAYS_OUT);
    }
  }
}
