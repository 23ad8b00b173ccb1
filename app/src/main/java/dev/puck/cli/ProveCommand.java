package dev.puck.cli;

import dev.puck.lab.proof.Proof;
import dev.puck.lab.proof.ProofOptions;
import dev.puck.lab.proof.ProofReport;
import dev.puck.lab.proof.Subject;
import dev.puck.lab.proof.consumer.ConsumerControl;
import dev.puck.lab.proof.consumer.ConsumerOptions;
import dev.puck.lab.proof.consumer.ConsumerProof;
import dev.puck.lab.proof.outbox.OutboxSubject;
import dev.puck.lab.proof.wal.WalSubject;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code puck prove}. */
@Command(
    name = "prove",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Tries to refute what Puck promises: writers that do all that writers can, bridges, PostgreSQL",
      "and Kafka killed at named points and at random, and then every change that PostgreSQL's own",
      "decoder knows of is compared with the topics; or consumers, Redis and their database killed,",
      "and then every projection is compared with the tables, and all that readers saw meanwhile",
      "with the topics. At the end, processes that break a rule on purpose show that the comparison",
      "would notice. On servers of its own; touches nothing else."
    },
    footer = {
      "",
      "Examples:",
      "  puck prove outbox                             50 kills, some four minutes",
      "  puck prove wal                                the same of the other source that loses nothing",
      "  puck prove consumer                           caches, summary and reducer, as readers see them",
      "  puck prove outbox --kills 200 --seed 1 --json | tail -n 1",
      "  puck prove outbox --duration 1h               the kills spread over an hour",
      "",
      "Exit code: 0 if nothing was found and every sabotage was noticed, 1 if not (histories or logs",
      "are kept, and where is said), 2 if an option is wrong.",
      "See docs/proof.md."
    })
final class ProveCommand implements Callable<Integer> {
  /** What can be proved. */
  enum Source {
    OUTBOX,
    WAL,
    CONSUMER
  }

  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "SOURCE",
      description = "What is to be proved: ${COMPLETION-CANDIDATES}.")
  private Source source = Source.OUTBOX;

  @Option(
      names = "--kills",
      paramLabel = "N",
      defaultValue = "50",
      description =
          "How often something is killed, mostly a bridge or a consumer; default: ${DEFAULT-VALUE}.")
  private int kills;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides on faults and writes; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "0s",
      description = "Go on for at least so long; default: as long as the kills take.")
  private Duration duration = Duration.ZERO;

  @Option(
      names = "--json",
      description = "The last line of standard output is the result as JSON; all else on error.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    logOptions.configureCommand();
    PrintWriter progress = spec.commandLine().getErr();
    try (StopSignal stop = new StopSignal(ExitCode.INTERRUPTED)) {
      // So that no server and no bridge stays behind.
      stop.interruptMe();
      ProofReport report =
          prove(
              line -> {
                progress.println(line);
                progress.flush();
              });
      say(report);
      return report.isProved() ? ExitCode.OK : ExitCode.FAILURE;
    }
  }

  private ProofReport prove(Consumer<String> progress) throws SQLException, InterruptedException {
    return switch (source) {
      case OUTBOX -> prove(new OutboxSubject(), progress);
      case WAL -> prove(new WalSubject(), progress);
      case CONSUMER ->
          ConsumerProof.run(
              new ConsumerOptions(kills, seed, duration, ConsumerControl.all()), progress);
    };
  }

  private ProofReport prove(Subject subject, Consumer<String> progress)
      throws SQLException, InterruptedException {
    return Proof.run(
        new ProofOptions(subject, kills, seed, duration, subject.controls()), progress);
  }

  private void say(ProofReport report) {
    PrintWriter text = json ? spec.commandLine().getErr() : spec.commandLine().getOut();
    report.lines().forEach(text::println);
    text.flush();
    if (json) {
      spec.commandLine().getOut().println(report.toJson());
      spec.commandLine().getOut().flush();
    }
  }
}
