package dev.puck.lab.bench.machine;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * How much of the processors some processes have used, in user and system mode.
 *
 * @param used by each process, by its id; those that have ended, or that may not be asked, are
 *     missing
 */
public record CpuTime(Map<Long, Duration> used) {
  public CpuTime {
    used = Map.copyOf(used);
  }

  /** As of now. */
  public static CpuTime of(Set<Long> processIds) {
    Map<Long, Duration> used = new TreeMap<>();
    for (long processId : processIds) {
      ProcessHandle.of(processId)
          .flatMap(process -> process.info().totalCpuDuration())
          .ifPresent(total -> used.put(processId, total));
    }
    return new CpuTime(used);
  }

  /** What they have used since then; all that those have used that began since then. */
  public Duration since(CpuTime earlier) {
    Duration sum = Duration.ZERO;
    for (Map.Entry<Long, Duration> each : used.entrySet()) {
      Duration before = earlier.used.getOrDefault(each.getKey(), Duration.ZERO);
      sum = sum.plus(each.getValue()).minus(before);
    }
    return sum;
  }
}
