package dev.puck.lab.proof.consumer;

import dev.puck.lab.proof.ProofException;
import dev.puck.lab.proof.ProofLog;
import dev.puck.lab.proof.ProofReport;
import dev.puck.lab.proof.WorkDirectory;
import dev.puck.lab.proof.consumer.process.ConsumerSabotage;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Proves what consumers promise, as far as a test can: every projection is right, and no reader is
 * moved back, through every fault. Starts servers of its own, and touches nothing else.
 */
public final class ConsumerProof {
  private static final int MOST_ATTEMPTS = 3;

  private final ConsumerOptions options;
  private final ProofLog log;
  private final ConsumerScore score = new ConsumerScore();

  private ConsumerProof(ConsumerOptions options, Consumer<String> progress) {
    this.options = options;
    this.log = new ProofLog(progress);
  }

  /**
   * Runs it. Logs of a run that speaks against it are kept in a directory that the report names.
   *
   * @param progress hears a line now and then
   */
  public static ProofReport run(ConsumerOptions options, Consumer<String> progress)
      throws SQLException, InterruptedException {
    return new ConsumerProof(options, progress).run();
  }

  private ProofReport run() throws SQLException, InterruptedException {
    WorkDirectory directory = WorkDirectory.create();
    log.say("Seed %d; logs in %s", options.seed(), directory.path());
    try (ConsumerServers servers = new ConsumerServers()) {
      prove(servers, directory.path());
      for (ConsumerControl control : options.controls()) {
        control(control, servers, directory.path());
      }
    } catch (ProofException | IllegalStateException e) {
      score.fail(String.valueOf(e.getMessage()));
    } catch (InterruptedException e) {
      directory.delete();
      throw e;
    }
    @Nullable Path kept = score.isClean() ? directory.delete() : directory.path();
    return score.report(options.seed(), log.seconds(), kept);
  }

  private void prove(ConsumerServers servers, Path directory)
      throws SQLException, InterruptedException {
    try (ConsumerTrial trial =
        ConsumerTrial.begin("proof", ConsumerSabotage.NONE, options.seed(), servers, directory)) {
      log.say("Changes flow; %d kills to come", options.kills());
      refute(trial, new ConsumerFaultRunner(servers, trial));
      log.say("%s; waiting for the rest to come through", trial.workload().summary());
      ConsumerVerdict verdict = trial.verdict();
      score.add(verdict, options);
      log.say("%,d events; readers had %,d answers", verdict.events(), verdict.answers());
    }
  }

  /** Faults evenly over the time; then what is left of it. */
  private void refute(ConsumerTrial trial, ConsumerFaultRunner runner)
      throws SQLException, InterruptedException {
    List<ConsumerFault> faults = ConsumerSchedule.of(options.seed(), options.kills());
    long begin = System.nanoTime();
    Duration share = options.duration().dividedBy(faults.size());
    for (int i = 0; i < faults.size(); i++) {
      overcome(faults.get(i), trial, runner);
      long next = begin + share.multipliedBy(i + 1L).toNanos();
      Waiting.until("The next fault", share.plusMinutes(1), () -> System.nanoTime() - next >= 0);
    }
  }

  /** Where a consumer did not come to the point where it was to die, it is tried again. */
  private void overcome(ConsumerFault fault, ConsumerTrial trial, ConsumerFaultRunner runner)
      throws SQLException, InterruptedException {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      ConsumerFaultRunner.Overcome overcome = runner.run(fault);
      score.add(overcome);
      log.say(
          "kill %d/%d %s%s; %,d steps, %,d answers",
          score.kills(),
          options.kills(),
          overcome.kind().text(),
          overcome.took() == null
              ? ""
              : "; flows again after %.1f s".formatted(overcome.took().toMillis() / 1e3),
          trial.workload().steps(),
          trial.readers().answers());
      if (overcome.kind() == fault.kind()) {
        return;
      }
    }
    score.fail("No consumer came to the point " + fault.kind().text());
  }

  private void control(ConsumerControl control, ConsumerServers servers, Path directory)
      throws SQLException, InterruptedException {
    long caught = new ConsumerControlRun(control, options, servers, directory).run();
    score.add(control, caught > 0);
    log.say("control %s: %s", control.name(), caught > 0 ? "caught " + caught : "missed");
  }
}
