package dev.puck.lab.trial;

import dev.puck.lab.bench.machine.CpuTime;
import java.time.Duration;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Who does the work, and what processor time each had. Sessions of PostgreSQL that end meanwhile
 * are missing from its share: those that matter stay.
 */
final class Processes {
  private final Candidate candidate;

  Processes(Candidate candidate) {
    this.candidate = candidate;
  }

  /** Whether any is known. */
  boolean areKnown() {
    return !candidate.processes().isEmpty();
  }

  /** What each has used until now. */
  Map<String, CpuTime> now() {
    Map<String, CpuTime> now = new TreeMap<>();
    candidate.processes().forEach((name, process) -> now.put(name, CpuTime.of(family(process))));
    return now;
  }

  /** What each has used since then. */
  Map<String, Duration> since(Map<String, CpuTime> earlier) {
    Map<String, Duration> used = new TreeMap<>();
    now()
        .forEach(
            (name, time) ->
                used.put(name, time.since(earlier.getOrDefault(name, new CpuTime(Map.of())))));
    return used;
  }

  private static Set<Long> family(long processId) {
    Set<Long> family = new HashSet<>();
    ProcessHandle.of(processId)
        .ifPresent(
            parent ->
                Stream.concat(Stream.of(parent), parent.descendants())
                    .forEach(each -> family.add(each.pid())));
    return family;
  }
}
