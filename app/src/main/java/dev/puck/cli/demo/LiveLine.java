package dev.puck.cli.demo;

import dev.puck.bridge.BridgeStatus;
import java.util.function.LongSupplier;
import org.HdrHistogram.Histogram;

/** One line for each second of the demo. Owned by one thread. */
final class LiveLine {
  private final Pipeline pipeline;
  private final LongSupplier written;
  private final StalenessProbe probe;
  private final long start = System.nanoTime();
  private long lastTime = start;
  private long lastWritten;
  private long lastRelayed;

  LiveLine(Pipeline pipeline, LongSupplier written, StalenessProbe probe) {
    this.pipeline = pipeline;
    this.written = written;
    this.probe = probe;
  }

  /** What happened since the last line. */
  void say(DemoOutput output) {
    long now = System.nanoTime();
    double seconds = (now - lastTime) / 1e9;
    // In this order, so that what is under way is never negative.
    long applied = pipeline.applied();
    BridgeStatus status = pipeline.bridgeStatus();
    long relayed = status.received();
    long committed = written.getAsLong();
    Histogram staleness = probe.sinceLast();
    output.say(
        "%4ds  %,7.0f writes/s  %,7.0f relayed/s  cache behind by %,d%s  staleness %s",
        Math.round((now - start) / 1e9),
        (committed - lastWritten) / seconds,
        (relayed - lastRelayed) / seconds,
        Math.max(0, committed - applied),
        status.gaps() == 0 ? "" : " (with what " + status.gaps() + " gap(s) lost)",
        text(staleness));
    lastTime = now;
    lastWritten = committed;
    lastRelayed = relayed;
  }

  private static String text(Histogram micros) {
    if (micros.getTotalCount() == 0) {
      return "not seen yet";
    }
    return String.format(
        java.util.Locale.ROOT,
        "p50 %.1f ms, p99 %.1f ms",
        micros.getValueAtPercentile(50) / 1e3,
        micros.getValueAtPercentile(99) / 1e3);
  }
}
