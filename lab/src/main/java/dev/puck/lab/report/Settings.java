package dev.puck.lab.report;

import dev.puck.lab.workload.Workload;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How a run was made, as its report tells it. */
public final class Settings {
  private Settings() {}

  /**
   * What every run has.
   *
   * @param data how much there was to work on
   */
  public static Map<String, Object> of(
      Surroundings before,
      Workload workload,
      int repeats,
      Duration closed,
      Duration open,
      Map<String, ?> data) {
    Map<String, Object> settings = new LinkedHashMap<>();
    settings.put("processors", Runtime.getRuntime().availableProcessors());
    settings.put("load_before", hundredths(before.load()));
    settings.put(LabReport.BUSY_BEFORE, hundredths(before.busy()));
    settings.put("seed", workload.seed());
    settings.put("repeats", repeats);
    settings.put("closed_seconds", closed.toMillis() / 1e3);
    settings.put("open_seconds", open.toMillis() / 1e3);
    settings.put("messages", workload.messages());
    settings.putAll(data);
    settings.put("writers", workload.writers());
    settings.put("writes_per_second", workload.writesPerSecond());
    settings.put("reads_per_second", workload.readsPerSecond());
    settings.put("hot", workload.hot());
    settings.put("actions", workload.actions());
    settings.put("isolation", workload.isolation().name().toLowerCase(Locale.ROOT));
    return settings;
  }

  private static double hundredths(double value) {
    return Math.round(value * 100) / 100.0;
  }
}
