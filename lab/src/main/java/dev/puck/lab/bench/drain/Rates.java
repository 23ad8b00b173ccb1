package dev.puck.lab.bench.drain;

import dev.puck.lab.bench.result.Spread;
import java.util.ArrayList;
import java.util.List;

/** Events a second of the bridge and of what it is compared with, once for each pair. */
final class Rates {
  private final List<Double> bridge = new ArrayList<>();
  private final List<Double> cold = new ArrayList<>();
  private final List<Double> bare = new ArrayList<>();
  private double bytesInRecord;

  void addBridge(double perSecond, double inNewJvm, double bytes) {
    bridge.add(perSecond);
    cold.add(inNewJvm);
    bytesInRecord = bytes;
  }

  void addBare(double perSecond) {
    bare.add(perSecond);
  }

  /** Of the bridge. */
  Spread bridge() {
    return Spread.of(bridge);
  }

  /** Of the bridge in a JVM that has just started. */
  Spread cold() {
    return Spread.of(cold);
  }

  /** Of a producer of the very same records. */
  Spread bare() {
    return Spread.of(bare);
  }

  /** The bridge's, as a part of the other's, pair by pair. */
  Spread ratio() {
    List<Double> ratios = new ArrayList<>();
    for (int pair = 0; pair < bridge.size(); pair++) {
      ratios.add(bridge.get(pair) / bare.get(pair));
    }
    return Spread.of(ratios);
  }

  double bytesInRecord() {
    return bytesInRecord;
  }
}
