package dev.puck.lab.proof;

import dev.puck.bridge.milestone.Milestone;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.lab.proof.Control.Provocation;
import dev.puck.lab.proof.bridge.BridgeProcess;
import dev.puck.lab.proof.check.Finding;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** Tries one sabotage, each time provoked more, until a check notices or it was tried enough. */
final class ControlRun {
  private static final int MOST_ATTEMPTS = 4;
  private static final long WORK_NANOS = TimeUnit.SECONDS.toNanos(2);
  private static final Duration TRAPPED_WITHIN = Duration.ofSeconds(30);
  private static final Duration FLOW_WITHIN = Duration.ofMinutes(2);

  private final Control control;
  private final ProofOptions options;
  private final EmbeddedServers servers;
  private final Path directory;

  ControlRun(Control control, ProofOptions options, EmbeddedServers servers, Path directory) {
    this.control = control;
    this.options = options;
    this.servers = servers;
    this.directory = directory;
  }

  /** What noticed it, first of all; null if nothing did. */
  @Nullable Finding run() throws SQLException, InterruptedException {
    for (int attempt = 1; attempt <= MOST_ATTEMPTS; attempt++) {
      @Nullable Finding caught = attempt(attempt);
      if (caught != null) {
        return caught;
      }
    }
    return null;
  }

  private @Nullable Finding attempt(int number) throws SQLException, InterruptedException {
    String name = control.name().replace('-', '_') + '_' + number;
    TrialPlan plan =
        new TrialPlan(
            options.subject(),
            name,
            control.sabotage(),
            control.mix(),
            options.seed() + number,
            control.committedOnly());
    try (Trial trial = Trial.begin(plan, servers, directory)) {
      for (int time = 0; time < number; time++) {
        provoke(trial);
      }
      Verdict verdict = trial.verdict();
      List<Finding> caught =
          verdict.findings().stream()
              .filter(finding -> control.checks().contains(finding.check()))
              .filter(finding -> !finding.isClean())
              .toList();
      verdict.save(trial.directory());
      return caught.size() == control.checks().size() ? caught.get(0) : null;
    }
  }

  private void provoke(Trial trial) throws SQLException, InterruptedException {
    Provocation provocation = control.provocation();
    if (provocation instanceof Provocation.KillsInCopy kills) {
      kill(trial, kills.at(), 1, trial.workload()::copyMany);
    } else if (provocation instanceof Provocation.Crash) {
      new PostgresCrash(servers, trial).run();
    } else {
      LockSupport.parkNanos(WORK_NANOS);
    }
    if (provocation instanceof Provocation.Kills kills) {
      for (int passes : List.of(1, 3, 5)) {
        kill(trial, kills.at(), passes, () -> {});
      }
    }
    trial.canary().awaitFlow(FLOW_WITHIN);
  }

  /**
   * @param work done once the bridge is armed
   */
  private static void kill(Trial trial, Milestone at, int passes, Work work)
      throws SQLException, InterruptedException {
    Optional<BridgeProcess> leader = trial.fleet().leader();
    if (leader.isPresent()) {
      leader.get().arm(at, passes);
      work.run();
      if (!leader.get().awaitEnd(TRAPPED_WITHIN)) {
        trial.fleet().kill(leader.get());
      }
      trial.fleet().restore();
      trial.canary().awaitFlow(FLOW_WITHIN);
    }
  }

  private interface Work {
    void run() throws SQLException;
  }
}
