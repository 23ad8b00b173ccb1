package dev.puck.cli;

import dev.puck.lab.workload.Isolation;
import dev.puck.lab.workload.Workload;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the application does that the lab measures with. */
final class WorkloadOptions {
  private static final int HISTORY = 100_000;
  private static final int QUICK_HISTORY = 20_000;

  @Option(
      names = "--writes",
      paramLabel = "N[/s]",
      defaultValue = "200/s",
      converter = PerSecond.class,
      description = "Transactions a second, measured at and asked for; default: ${DEFAULT-VALUE}.")
  private int writes;

  @Option(
      names = "--reads",
      paramLabel = "N[/s]",
      defaultValue = "500/s",
      converter = PerSecond.class,
      description = "Reads a second, measured at and asked for; default: ${DEFAULT-VALUE}.")
  private int reads;

  @Option(
      names = "--writers",
      paramLabel = "N",
      defaultValue = "8",
      description = "Sessions that write at once; default: ${DEFAULT-VALUE}.")
  private int writers;

  @Option(
      names = "--actions",
      paramLabel = "N",
      defaultValue = "1",
      description = "Actions in a transaction; default: ${DEFAULT-VALUE}.")
  private int actions;

  @Option(
      names = "--hot",
      paramLabel = "SHARE",
      defaultValue = "0.1",
      description =
          "What share of the actions is on one message: 0, all are alike, to 1; default:"
              + " ${DEFAULT-VALUE}.")
  private double hot;

  @Option(
      names = "--messages",
      paramLabel = "N",
      defaultValue = "200",
      description = "How many messages there are; default: ${DEFAULT-VALUE}.")
  private int messages;

  @Option(
      names = "--history",
      paramLabel = "N",
      description = "How many actions there were before; default: 100000, with --quick 20000.")
  private @Nullable Integer history;

  @Option(
      names = "--isolation",
      paramLabel = "LEVEL",
      defaultValue = "read-committed",
      converter = IsolationLevel.class,
      completionCandidates = IsolationLevel.class,
      description =
          "Of the writers: one of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}. What fails"
              + " by it is done again, and counted.")
  private Isolation isolation = Isolation.READ_COMMITTED;

  @Option(
      names = "--seed",
      paramLabel = "N",
      defaultValue = "1",
      description =
          "Decides what is done to which message, and the order of the strategies; default:"
              + " ${DEFAULT-VALUE}.")
  private long seed;

  /** As it was asked for. */
  Workload workload(boolean quick) {
    return new Workload(
        messages,
        history != null ? history : quick ? QUICK_HISTORY : HISTORY,
        writers,
        writes,
        reads,
        hot,
        actions,
        isolation,
        seed);
  }
}
