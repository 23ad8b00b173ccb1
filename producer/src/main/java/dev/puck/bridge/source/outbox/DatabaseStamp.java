package dev.puck.bridge.source.outbox;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.puck.bridge.source.Lineage;
import dev.puck.service.config.ConfigException;
import org.jspecify.annotations.Nullable;
import org.postgresql.replication.LogSequenceNumber;

/**
 * Which database a position is of: another one, or an earlier state of the same, must not be read
 * on as if nothing had happened.
 *
 * @param installation of the schema puck, a new one each time it is stamped
 * @param system the cluster's identifier; null where the provider does not tell it
 * @param timeline goes up at each failover and restore
 * @param wal how far its WAL was flushed
 */
record DatabaseStamp(
    @JsonProperty("installation") String installation,
    @JsonProperty("system") @Nullable String system,
    @JsonProperty("timeline") long timeline,
    @JsonProperty("wal") String wal) {
  /**
   * Checks the flushed position.
   *
   * @throws IllegalArgumentException if it is none
   */
  DatabaseStamp {
    requireNonNull(installation);
    // What the driver cannot read it takes for "invalid", which is 0/0.
    if (!wal.matches("[0-9A-Fa-f]{1,8}/[0-9A-Fa-f]{1,8}")) {
      throw new IllegalArgumentException("'" + wal + "' is no position in the WAL");
    }
  }

  /**
   * Sees that the database goes on where this one was.
   *
   * @param losslessFailover whether the configuration asserts that a failover loses nothing
   * @throws ConfigException if it does not
   */
  void requireContinuedBy(DatabaseStamp now, boolean losslessFailover) {
    if (!installation.equals(now.installation)) {
      throw new ConfigException(
          "The checkpoint is of another installation of the schema puck ("
              + installation
              + ", here is "
              + now.installation
              + "): the database was restored, or puck installed anew."
              + Lineage.WAYS_OUT);
    }
    lineage()
        .requireContinuedBy(now.lineage(), losslessFailover, "bridge.outbox.lossless-failover");
    if (timeline == now.timeline && Long.compareUnsigned(position(now.wal), position(wal)) < 0) {
      throw new ConfigException(
          "The database's WAL ends at "
              + now.wal
              + ", before "
              + wal
              + " of the checkpoint: it was restored to an earlier state."
              + Lineage.WAYS_OUT);
    }
  }

  /** The same database when its WAL was flushed that far. */
  DatabaseStamp at(String nowFlushed) {
    return new DatabaseStamp(installation, system, timeline, nowFlushed);
  }

  private static long position(String lsn) {
    return LogSequenceNumber.valueOf(lsn).asLong();
  }

  private Lineage lineage() {
    return new Lineage(system, timeline);
  }
}
