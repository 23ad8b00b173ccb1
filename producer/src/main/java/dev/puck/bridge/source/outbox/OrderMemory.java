package dev.puck.bridge.source.outbox;

import dev.puck.service.config.ConfigException;
import java.util.Locale;

/**
 * How much of one transaction can be put in order. To run out of memory would end the bridge at
 * each start, and say less.
 *
 * @param maxHeapBytes the largest heap that this process may have
 */
record OrderMemory(long maxHeapBytes) {
  /** Measured: a change's version, its step, and what links it to others. */
  private static final long BYTES_PER_CHANGE = 230;

  /** For all else that a bridge has in memory. */
  private static final long OTHER_BYTES = 32 << 20;

  private static final long MIB = 1 << 20;

  /** That of this process. */
  static OrderMemory ofThisProcess() {
    return new OrderMemory(Runtime.getRuntime().maxMemory());
  }

  /**
   * Sees that so many changes fit.
   *
   * @throws ConfigException if they do not; it names the heap that they need
   */
  void require(long changes, BacklogOrder.Doubt doubt) {
    long needed = OTHER_BYTES + changes * BYTES_PER_CHANGE;
    if (needed > maxHeapBytes) {
      throw new ConfigException(
          String.format(
              Locale.ROOT,
              "Transaction %d changed %s.%s %d times, captured out of order (by triggers of the"
                  + " table's own), and to put them in order takes about %d MiB of memory, of which"
                  + " this process has %d. Start it with a larger heap: PUCK_JAVA_OPTS=-Xmx%dm."
                  + " Nothing is lost meanwhile.",
              doubt.xid(),
              doubt.schema(),
              doubt.table(),
              changes,
              mebibytes(needed),
              maxHeapBytes / MIB,
              // What the collector keeps free is no heap to us.
              mebibytes(needed + needed / 4)));
    }
  }

  private static long mebibytes(long bytes) {
    return (bytes + MIB - 1) / MIB;
  }
}
