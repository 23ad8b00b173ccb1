package dev.puck.lab.proof.consumer;

import dev.puck.lab.proof.ProofReport;
import dev.puck.lab.proof.consumer.ConsumerFault.Kind;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What happened so far, for the report. Used by one thread. */
final class ConsumerScore {
  private final Map<String, Integer> faults = new TreeMap<>();
  private final Map<String, Long> counts = new LinkedHashMap<>();
  private final Map<String, String> controls = new LinkedHashMap<>();
  private final Map<String, Long> slowest = new TreeMap<>();
  private final List<String> problems = new ArrayList<>();
  private int kills;
  private int events;
  private int ends;

  void add(ConsumerFaultRunner.Overcome fault) {
    faults.merge(fault.kind().text(), 1, Integer::sum);
    kills += fault.kind().kills() ? 1 : 0;
    if (fault.took() != null) {
      slowest.merge(cause(fault.kind()), fault.took().toMillis(), Math::max);
    }
  }

  private static String cause(Kind kind) {
    return switch (kind) {
      case AT_RANDOM, AT_READ, AT_WRITTEN, AT_APPLIED -> "consumer";
      default -> kind.text();
    };
  }

  void add(ConsumerVerdict verdict, ConsumerOptions options) {
    events = verdict.events();
    ends = verdict.unexpectedEnds();
    verdict
        .findings()
        .forEach(
            finding -> {
              counts.put(finding.check(), finding.count());
              if (!finding.isClean()) {
                fail(
                    "%s %d, first: %s"
                        .formatted(finding.check(), finding.count(), finding.example()));
              }
            });
    require(
        events >= options.leastEvents(),
        "Only " + events + " events, and not " + options.leastEvents() + ", happened");
    require(
        verdict.answers() >= options.leastAnswers(),
        "Readers had only " + verdict.answers() + " answers, and not " + options.leastAnswers());
    require(kills >= options.kills(), "Only " + kills + " kills happened");
  }

  void add(ConsumerControl control, boolean caught) {
    controls.put(control.name(), caught ? "caught" : "missed");
    require(caught, "Nothing noticed the sabotage " + control.name());
  }

  void fail(String problem) {
    problems.add(problem);
  }

  boolean isClean() {
    return problems.isEmpty();
  }

  int kills() {
    return kills;
  }

  ProofReport report(long seed, double seconds, @Nullable Path kept) {
    return new ProofReport(
        seed, kills, faults, events, counts, controls, problems, ends, slowest, seconds, kept);
  }

  private void require(boolean holds, String otherwise) {
    if (!holds) {
      fail(otherwise);
    }
  }
}
