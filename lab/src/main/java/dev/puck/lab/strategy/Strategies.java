package dev.puck.lab.strategy;

import dev.puck.bridge.config.SourceType;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Function;

/** All strategies, by name. */
public final class Strategies {
  private static final Map<String, Function<Site, Strategy>> ALL = all();

  private Strategies() {}

  /** Their names, in the order of the series that they come from. */
  public static List<String> names() {
    return List.copyOf(ALL.keySet());
  }

  /**
   * One of them, not yet started.
   *
   * @throws IllegalArgumentException if there is none of that name
   */
  public static Strategy open(String name, Site site) {
    Function<Site, Strategy> strategy = ALL.get(name);
    if (strategy == null) {
      throw new IllegalArgumentException(
          "No strategy is named '" + name + "'; there are " + String.join(", ", names()));
    }
    return strategy.apply(site);
  }

  private static Map<String, Function<Site, Strategy>> all() {
    Map<String, Function<Site, Strategy>> all = new LinkedHashMap<>();
    all.put("query", InDatabase::query);
    all.put("update", InDatabase::update);
    all.put("matview-0.5s", site -> new MaterializedView(site, Duration.ofMillis(500)));
    all.put("matview-2s", site -> new MaterializedView(site, Duration.ofSeconds(2)));
    all.put("matview-30s", site -> new MaterializedView(site, Duration.ofSeconds(30)));
    all.put("trigger-row", InDatabase::triggerRow);
    all.put("trigger-statement", InDatabase::triggerStatement);
    all.put("listen", ListenStrategy::new);
    for (Keeper keeper : Keeper.values()) {
      for (SourceType source : SourceType.values()) {
        String name = ("kafka-" + keeper + "-" + source).toLowerCase(Locale.ROOT);
        all.put(name, site -> new KafkaStrategy(site, source, keeper));
      }
    }
    return all;
  }
}
