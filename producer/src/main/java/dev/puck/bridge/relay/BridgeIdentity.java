package dev.puck.bridge.relay;

import dev.puck.bridge.checkpoint.Checkpoint;
import dev.puck.bridge.checkpoint.OpenTransaction;
import dev.puck.bridge.source.Position;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What stays the same for one run of a bridge.
 *
 * @param bridge the bridge's name
 * @param source the source's name
 * @param epoch this run's part of the position
 * @param database the database's name
 * @param version Puck's
 * @param kafkaCluster the id of the cluster that it publishes to; null where it is not known
 */
public record BridgeIdentity(
    String bridge,
    String source,
    long epoch,
    String database,
    String version,
    @Nullable String kafkaCluster) {
  /**
   * That it has come so far.
   *
   * @param open transactions that the position divides
   */
  public Checkpoint checkpoint(Position position, Instant through, List<OpenTransaction> open) {
    return new Checkpoint(bridge, source, epoch, position, through, open, kafkaCluster);
  }
}
