package dev.puck.lab.proof;

import dev.puck.embedded.EmbeddedConfig;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.ServerConfig;
import dev.puck.lab.proof.check.Finding;
import dev.puck.lab.proof.fault.Fault;
import dev.puck.lab.proof.fault.Schedule;
import dev.puck.lab.proof.observer.Slot;
import dev.puck.lab.proof.sabotage.Sabotage;
import dev.puck.lab.proof.workload.Mix;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Proves what a bridge promises, as far as a test can: nothing lost, nothing twice, order per key,
 * through every fault. Starts servers of its own, and touches nothing else.
 */
public final class Proof {
  private static final Map<String, String> POSTGRES =
      Map.of(
          "max_prepared_transactions",
          "50",
          "deadlock_timeout",
          "100ms",
          // What was rolled back must not be flushed by the way, else no crash can undo it.
          "wal_writer_delay",
          "10s",
          // So that ordinary transactions are larger.
          "logical_decoding_work_mem",
          "64kB",
          // Those of all trials stay to the end.
          "max_replication_slots",
          "100");

  /** No segment ends: what is in it is not compacted, and the observer sees all there was. */
  private static final Map<String, String> KAFKA = Map.of("log.segment.bytes", "2000000000");

  private static final int MOST_ATTEMPTS = 3;

  private final ProofOptions options;
  private final ProofLog log;
  private final Score score = new Score();

  private Proof(ProofOptions options, Consumer<String> progress) {
    this.options = options;
    this.log = new ProofLog(progress);
  }

  /**
   * Runs it. A history that speaks against it is kept in a directory that the report names.
   *
   * @param progress hears a line now and then
   */
  public static ProofReport run(ProofOptions options, Consumer<String> progress)
      throws SQLException, InterruptedException {
    return new Proof(options, progress).run();
  }

  private ProofReport run() throws SQLException, InterruptedException {
    WorkDirectory directory = WorkDirectory.create();
    log.say("Seed %d; logs and histories in %s", options.seed(), directory.path());
    try (EmbeddedServers servers = EmbeddedServers.inTemporaryDirectory(config())) {
      log.say(
          "PostgreSQL on port %d, Kafka on port %d",
          servers.postgres().port(), servers.kafka().port());
      prove(servers, directory.path());
      for (Control control : options.controls()) {
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

  private void prove(EmbeddedServers servers, Path directory)
      throws SQLException, InterruptedException {
    TrialPlan plan =
        new TrialPlan(options.subject(), "proof", Sabotage.NONE, Mix.ALL, options.seed(), true);
    try (Trial trial = Trial.begin(plan, servers, directory)) {
      log.say("Changes flow; %d kills to come", options.kills());
      refute(trial, new FaultRunner(servers, trial));
      log.say("%s; waiting for the rest to come through", trial.workload().summary());
      Verdict verdict = trial.verdict();
      score.add(verdict, options);
      log.say(
          "%,d changes compared with %,d records, and %,d checkpoints",
          verdict.changes(), verdict.seen().records().size(), verdict.checkpoints());
      if (!verdict.isClean()) {
        verdict.save(trial.directory());
      }
      dropSlot(trial, plan);
    }
  }

  private void dropSlot(Trial trial, TrialPlan plan) throws SQLException, InterruptedException {
    Optional<Slot> slot = plan.subject().slot(plan.name());
    if (slot.isPresent()) {
      boolean noticed = new SlotDrop(trial, slot.get()).isNoticed();
      score.addSlotDrop(noticed);
      log.say("The slot was dropped: %s", noticed ? "the bridge refuses to go on" : "not noticed");
    }
  }

  /** Faults evenly over the time; then what is left of it. */
  private void refute(Trial trial, FaultRunner runner) throws SQLException, InterruptedException {
    List<Fault> faults = Schedule.of(options.subject().faults(), options.seed(), options.kills());
    long begin = System.nanoTime();
    Duration share = options.duration().dividedBy(faults.size());
    for (int i = 0; i < faults.size(); i++) {
      overcome(faults.get(i), trial, runner);
      awaitUntil(begin + share.multipliedBy(i + 1L).toNanos());
    }
  }

  /** Where a bridge did not come to the point where it was to die, it is tried again. */
  private void overcome(Fault fault, Trial trial, FaultRunner runner)
      throws SQLException, InterruptedException {
    for (int attempt = 0; attempt < MOST_ATTEMPTS; attempt++) {
      FaultRunner.Overcome overcome = runner.run(fault);
      score.add(overcome);
      log.say(
          "kill %d/%d %s%s; flows again after %.1f s; %,d steps, %,d records",
          score.kills(),
          options.kills(),
          overcome.kind().text(),
          overcome.standby() ? " with a standby" : "",
          overcome.took().toMillis() / 1e3,
          trial.workload().steps(),
          trial.reader().records());
      if (overcome.kind() == fault.kind()) {
        return;
      }
    }
    score.fail("No bridge came to the point " + fault.kind().text());
  }

  private void control(Control control, EmbeddedServers servers, Path directory)
      throws SQLException, InterruptedException {
    @Nullable Finding caught = new ControlRun(control, options, servers, directory).run();
    score.add(control, caught != null);
    log.say(
        "control %s: %s",
        control.name(),
        caught == null ? "missed" : "caught, " + caught.check() + " " + caught.count());
  }

  private static void awaitUntil(long nanoTime) throws InterruptedException {
    while (System.nanoTime() - nanoTime < 0) {
      if (Thread.interrupted()) {
        throw new InterruptedException();
      }
      LockSupport.parkNanos(Math.min(TimeUnit.SECONDS.toNanos(1), nanoTime - System.nanoTime()));
    }
  }

  private static EmbeddedConfig config() {
    return EmbeddedConfig.defaults()
        .withPostgres(new ServerConfig(0, /* durable= */ false, POSTGRES))
        .withKafka(new ServerConfig(0, /* durable= */ false, KAFKA));
  }
}
