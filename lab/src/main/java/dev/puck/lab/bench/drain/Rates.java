package dev.puck.lab.bench.drain;

import dev.puck.lab.bench.result.Spread;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Events a second of the bridge and of what it is compared with, once for each pair. */
final class Rates {
  private final List<Double> bridge = new ArrayList<>();
  private final List<Double> cold = new ArrayList<>();
  private final List<Double> cpu = new ArrayList<>();
  private final List<Double> debeziumCpu = new ArrayList<>();
  private final Map<Competitor, List<Double>> others = new EnumMap<>(Competitor.class);
  private double bytesInRecord;

  /**
   * One drain.
   *
   * @param perSecond events
   * @param inNewJvm events a second, before
   * @param cpuSeconds of its JVM for 100,000 events
   */
  record Drain(double perSecond, double inNewJvm, double cpuSeconds) {}

  void addBridge(Drain drain, double bytes) {
    bridge.add(drain.perSecond);
    cold.add(drain.inNewJvm);
    cpu.add(drain.cpuSeconds);
    bytesInRecord = bytes;
  }

  void addDebezium(Drain drain) {
    add(Competitor.DEBEZIUM, drain.perSecond);
    debeziumCpu.add(drain.cpuSeconds);
  }

  void add(Competitor competitor, double perSecond) {
    others.computeIfAbsent(competitor, any -> new ArrayList<>()).add(perSecond);
  }

  /** Of the bridge. */
  Spread bridge() {
    return Spread.of(bridge);
  }

  /** Of the bridge in a JVM that has just started. */
  Spread cold() {
    return Spread.of(cold);
  }

  /** What it was compared with. */
  Set<Competitor> competitors() {
    return others.keySet();
  }

  /** Of that one. */
  Spread of(Competitor competitor) {
    return Spread.of(others.getOrDefault(competitor, List.of()));
  }

  /** The bridge's, as a part of the other's, pair by pair. */
  Spread ratio(Competitor competitor) {
    return ratio(bridge, others.getOrDefault(competitor, List.of()));
  }

  /** Seconds of CPU for 100,000 events of the bridge's JVM. */
  Spread cpu() {
    return Spread.of(cpu);
  }

  /** The same of Debezium's. */
  Spread debeziumCpu() {
    return Spread.of(debeziumCpu);
  }

  /** The bridge's as a part of Debezium's, pair by pair. */
  Spread cpuRatio() {
    return ratio(cpu, debeziumCpu);
  }

  double bytesInRecord() {
    return bytesInRecord;
  }

  private static Spread ratio(List<Double> ours, List<Double> others) {
    List<Double> ratios = new ArrayList<>();
    for (int pair = 0; pair < ours.size(); pair++) {
      ratios.add(ours.get(pair) / others.get(pair));
    }
    return Spread.of(ratios);
  }
}
