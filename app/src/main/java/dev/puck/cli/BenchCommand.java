package dev.puck.cli;

import dev.puck.lab.bench.Bench;
import dev.puck.lab.bench.BenchOptions;
import dev.puck.lab.bench.BenchReport;
import dev.puck.lab.bench.Part;
import dev.puck.lab.bench.Subject;
import dev.puck.lab.process.BridgeProcess;
import java.io.IOException;
import java.io.PrintWriter;
import java.sql.SQLException;
import java.time.Duration;
import java.util.EnumSet;
import java.util.Set;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code puck bench}. */
@Command(
    name = "bench",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Measures on this machine what capture costs those who write, how fast a backlog goes to",
      "Kafka, how long a change takes from its commit to a reader, and what the bridge costs while",
      "nothing happens; of a consumer, how fast it applies events, how long its answers take, and",
      "how soon it serves. Each in turns with what it is to be compared with. On servers of its",
      "own, which flush to the disk; touches nothing else."
    },
    footer = {
      "",
      "Examples:",
      "  puck bench outbox                                 all of it, some forty minutes",
      "  puck bench wal                                    the same of logical decoding",
      "  puck bench outbox --only writers                  one part of it",
      "  puck bench wal --only drain --heap 64m            with smaller bridges",
      "  puck bench peers                                  the WAL source beside Debezium's engine:",
      "                                                    drain and latency; needs Maven and sources",
      "  puck bench consumer                               caches and summaries",
      "  puck bench outbox --only drain,idle --pairs 3",
      "  puck bench outbox --pairs 1 --duration 2s         a look at what it does",
      "  puck bench outbox --json | tail -n 1              the result, for a script",
      "",
      "Exit code: 0 if all was measured, whatever came out; 1 if something failed, 2 if an option is",
      "wrong. What the numbers mean: docs/performance.md."
    })
final class BenchCommand implements Callable<Integer> {
  @Mixin private LogOptions logOptions = new LogOptions();
  @Spec private CommandSpec spec = CommandSpec.create();

  @Parameters(
      paramLabel = "SUBJECT",
      description = "What is to be measured: ${COMPLETION-CANDIDATES}.")
  private Subject subject = Subject.OUTBOX;

  @Option(
      names = "--pairs",
      paramLabel = "N",
      defaultValue = "5",
      description = "How often each thing is measured; default: ${DEFAULT-VALUE}.")
  private int pairs;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      defaultValue = "20s",
      description =
          "How long each measurement takes; below 20s, what is drained or applied has not a million"
              + " rows, but 10,000 for each second; default: ${DEFAULT-VALUE}.")
  private Duration duration = Duration.ofSeconds(20);

  @Option(
      names = "--only",
      paramLabel = "PART",
      split = ",",
      description =
          "One or more of ${COMPLETION-CANDIDATES}, as far as the subject has them; default: all.")
  private Set<Part> only = EnumSet.noneOf(Part.class);

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description = "Decides what comes first in each pair; default: ${DEFAULT-VALUE}.")
  private long seed;

  @Option(
      names = "--heap",
      paramLabel = "SIZE",
      defaultValue = BridgeProcess.HEAP,
      description = "The heap of each bridge; default: ${DEFAULT-VALUE}.")
  private String heap = BridgeProcess.HEAP;

  @Option(
      names = "--json",
      description = "The last line of standard output is the result as JSON; all else on error.")
  private boolean json;

  @Override
  public Integer call() throws Exception {
    logOptions.configureCommand();
    BenchOptions options = new BenchOptions(pairs, duration, only, seed, subject, heap);
    try (StopSignal stop = new StopSignal(ExitCode.INTERRUPTED)) {
      // So that no server and no bridge stays behind.
      stop.interruptMe();
      return run(options, stop);
    }
  }

  private int run(BenchOptions options, StopSignal stop) throws Exception {
    try {
      say(Bench.run(options, this::sayProgress));
      return ExitCode.OK;
    } catch (RuntimeException | SQLException | IOException e) {
      if (stop.isRequested()) {
        // Whatever an interrupt made of it.
        return ExitCode.INTERRUPTED;
      }
      throw e;
    }
  }

  private void sayProgress(String line) {
    PrintWriter progress = spec.commandLine().getErr();
    progress.println(line);
    progress.flush();
  }

  private void say(BenchReport report) {
    PrintWriter result = spec.commandLine().getOut();
    PrintWriter text = json ? spec.commandLine().getErr() : result;
    report.lines().forEach(text::println);
    text.flush();
    if (json) {
      result.println(report.toJson());
      result.flush();
    }
  }
}
