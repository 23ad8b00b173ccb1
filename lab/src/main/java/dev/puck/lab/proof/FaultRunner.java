package dev.puck.lab.proof;

import dev.puck.embedded.EmbeddedServers;
import dev.puck.lab.proof.bridge.BridgeFleet;
import dev.puck.lab.proof.bridge.BridgeProcess;
import dev.puck.lab.proof.bridge.Freeze;
import dev.puck.lab.proof.fault.Fault;
import dev.puck.lab.proof.fault.FaultKind;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Makes faults happen to one trial, and waits until each is overcome. Used by one thread. */
final class FaultRunner {
  private static final Duration STARTED_WITHIN = Duration.ofMinutes(2);
  private static final Duration TRAPPED_WITHIN = Duration.ofMinutes(1);
  private static final Duration FLOW_WITHIN = Duration.ofMinutes(2);

  /**
   * Longer than the 3 s that a leader's session may be idle, and than the 15 s of a transaction.
   */
  private static final Duration FREEZE = Duration.ofSeconds(5);

  private static final Duration LONG_FREEZE = Duration.ofSeconds(18);
  private static final Duration TRAP_POLL = Duration.ofMillis(50);
  private static final long POLL_NANOS = TimeUnit.MILLISECONDS.toNanos(10);

  private final EmbeddedServers servers;
  private final Trial trial;
  private final BridgeFleet fleet;

  FaultRunner(EmbeddedServers servers, Trial trial) {
    this.servers = servers;
    this.trial = trial;
    this.fleet = trial.fleet();
  }

  /**
   * Makes it happen, and returns when changes flow again.
   *
   * @throws ProofException if they do not
   */
  Overcome run(Fault fault) throws SQLException, InterruptedException {
    fleet.keep(fault.standby() ? 2 : 1);
    await("All bridges are up", STARTED_WITHIN, fleet::isComplete);
    FaultKind done = fault.kind();
    @Nullable Duration took = null;
    switch (fault.kind()) {
      case POSTGRES -> {
        Rollbacks.rollBackSome(trial.database());
        servers.postgres().kill();
        away(fault);
        servers.postgres().start();
      }
      case POSTGRES_AFTER_ROLLBACK -> new PostgresCrash(servers, trial).run();
      case KAFKA -> {
        servers.kafka().kill();
        away(fault);
        servers.kafka().start();
      }
      case WALSENDER -> {
        away(fault);
        while (!WalSender.terminate(trial.database())) {
          trial.canary().awaitFlow(FLOW_WITHIN);
        }
      }
      case FREEZE -> took = freeze(FREEZE);
      case LONG_FREEZE -> took = freeze(LONG_FREEZE);
      case AT_RANDOM -> {
        away(fault);
        fleet.kill(leader());
      }
      case AT_STARTING_STATE -> {
        BridgeProcess armed = arm(leader(), fault);
        trial.workload().watchLate();
        done = trap(armed, fault);
      }
      case AT_WITHIN -> {
        BridgeProcess armed = arm(leader(), fault);
        trial.workload().copyMany();
        done = trap(armed, fault);
      }
      case AT_READ,
          AT_BEGUN,
          AT_SENT,
          AT_COMMITTING,
          AT_COMMITTED,
          AT_CONFIRMING,
          AT_CONFIRMED,
          AT_ROTATING ->
          done = trap(arm(leader(), fault), fault);
    }
    fleet.restore();
    Duration flows = trial.canary().awaitFlow(FLOW_WITHIN);
    return new Overcome(done, fault.standby(), took == null ? flows : took);
  }

  /** What happened, and how long changes then took to come through. */
  record Overcome(FaultKind kind, boolean standby, Duration took) {}

  private static BridgeProcess arm(BridgeProcess leader, Fault fault) {
    leader.arm(Objects.requireNonNull(fault.kind().milestone()), fault.passes());
    return leader;
  }

  /**
   * Waits for the one that is armed to die, and arms whoever takes over from it. Where the point is
   * never reached, the leader dies all the same, but that is another kind.
   */
  private FaultKind trap(BridgeProcess armed, Fault fault) throws InterruptedException {
    long deadline = System.nanoTime() + TRAPPED_WITHIN.toNanos();
    BridgeProcess current = armed;
    while (System.nanoTime() - deadline < 0) {
      if (current.awaitEnd(TRAP_POLL) && current.halted()) {
        return fault.kind();
      }
      fleet.restore();
      BridgeProcess leader = leader();
      if (leader != current && !current.halted()) {
        current = arm(leader, fault);
      }
    }
    fleet.kill(leader());
    return FaultKind.AT_RANDOM;
  }

  /** The standby must take over meanwhile, and the one that wakes up must not disturb it. */
  private Duration freeze(Duration time) throws InterruptedException {
    BridgeProcess leader = leader();
    fleet.expectEndOf(leader);
    try (Freeze frozen = leader.freeze()) {
      Duration took = trial.canary().awaitFlow(FLOW_WITHIN);
      LockSupport.parkNanos(time.minus(frozen.age()).toNanos());
      return took;
    }
  }

  private BridgeProcess leader() throws InterruptedException {
    await("A bridge leads", FLOW_WITHIN, () -> fleet.leader().isPresent());
    Optional<BridgeProcess> leader = fleet.leader();
    return leader.orElseThrow(() -> new ProofException("The leader has just ended"));
  }

  private void await(String what, Duration atMost, Condition condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (!condition.holds()) {
      if (System.nanoTime() - deadline > 0) {
        throw new ProofException(what + ": not within " + atMost.toSeconds() + " s");
      }
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      fleet.restore();
      LockSupport.parkNanos(POLL_NANOS);
    }
  }

  private interface Condition {
    boolean holds();
  }

  private static void away(Fault fault) {
    LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(fault.delayMillis()));
  }
}
