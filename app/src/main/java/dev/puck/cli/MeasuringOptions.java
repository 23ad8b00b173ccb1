package dev.puck.cli;

import dev.puck.lab.report.Need;
import dev.puck.lab.strategy.Strategies;
import dev.puck.lab.workload.Workload;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** What the lab measures, how often and for how long. */
final class MeasuringOptions {
  @Option(
      names = "--quick",
      description = "Each strategy once and small, without the view of every 30 s.")
  private boolean quick;

  @Option(
      names = "--only",
      paramLabel = "STRATEGY",
      split = ",",
      description = "One or more of ${COMPLETION-CANDIDATES}; default: all.",
      completionCandidates = StrategyNames.class)
  private @Nullable List<String> only;

  @Option(
      names = "--repeats",
      paramLabel = "N",
      description = "How often each is tried; default: 3, with --quick 1.")
  private @Nullable Integer repeats;

  @Option(
      names = "--duration",
      paramLabel = "TIME",
      description =
          "How long each is measured at the rates; as fast as they can for half of that; default:"
              + " 20s, with --quick 6s.")
  private @Nullable Duration duration;

  @Option(
      names = "--staleness",
      paramLabel = "TIME",
      defaultValue = "1s",
      description = "Asked for: how old may be what 99 %% of reads see; default: ${DEFAULT-VALUE}.")
  private Duration staleness = Duration.ofSeconds(1);

  /** For {@code --help}. */
  static final class StrategyNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Strategies.names().iterator();
    }
  }

  boolean isQuick() {
    return quick;
  }

  /** Those that were asked for, else all of these. */
  List<String> strategies(List<String> all) {
    @Nullable List<String> chosen = only;
    return chosen != null ? chosen : all;
  }

  int repeats() {
    return repeats != null ? repeats : quick ? 1 : 3;
  }

  /** How long each is measured at the rates. */
  Duration open() {
    return duration != null ? duration : Duration.ofSeconds(quick ? 6 : 20);
  }

  /** What is asked for, at the workload's rates. */
  Need need(Workload chosen) {
    return new Need(staleness, chosen.writesPerSecond(), chosen.readsPerSecond());
  }
}
