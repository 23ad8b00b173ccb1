package dev.puck.lab.proof;

import dev.puck.embedded.EmbeddedServers;
import dev.puck.lab.proof.bridge.BridgeProcess;
import dev.puck.lab.proof.bridge.Freeze;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * Kills PostgreSQL in the moment that is worst for whoever trusts a snapshot's {@code xmax}: the
 * last that was committed, and so flushed, is a change; after it transactions were rolled back; the
 * bridge has read that change by a snapshot that counts them, and committed its position. After the
 * crash PostgreSQL gives their ids out again.
 */
final class PostgresCrash {
  private static final long SEEN_WITHIN_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final Duration FLOW_WITHIN = Duration.ofMinutes(2);

  private final EmbeddedServers servers;
  private final Trial trial;

  PostgresCrash(EmbeddedServers servers, Trial trial) {
    this.servers = servers;
    this.trial = trial;
  }

  /** Does it, and brings PostgreSQL back. */
  void run() throws SQLException, InterruptedException {
    trial.workload().hold(); // whoever commits flushes what was rolled back before
    try {
      trial.canary().awaitFlow(FLOW_WITHIN);
      readWithRollbacks();
      servers.postgres().kill();
      servers.postgres().start();
      Rollbacks.commitSome(trial.database());
    } finally {
      trial.workload().release();
    }
  }

  /**
   * The bridge is held still meanwhile, so that one snapshot sees the change and counts the rest.
   */
  @SuppressWarnings("try") // What counts is when it ends.
  private void readWithRollbacks() throws SQLException, InterruptedException {
    BridgeProcess leader = trial.fleet().leader().orElseThrow();
    long event;
    try (Freeze frozen = leader.freeze()) {
      event = trial.canary().sing();
      Rollbacks.rollBackSome(trial.database());
    }
    trial.canary().isHeard(event, SEEN_WITHIN_NANOS);
  }
}
