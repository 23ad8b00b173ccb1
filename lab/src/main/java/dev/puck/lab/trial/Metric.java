package dev.puck.lab.trial;

import java.util.Locale;

/** What is measured of a strategy. */
public enum Metric {
  WRITES_PER_SECOND("transactions/s that its writers can do", "1/s", true),
  WRITE_P50("median time of a transaction, at the given rate", "ms", false),
  WRITE_P95("time that 95 % of transactions do not exceed", "ms", false),
  WRITE_P99("time that 99 % of transactions do not exceed", "ms", false),
  RETRIES("transactions done again after a conflict, of 1,000", "", false),
  LOCK_WAITS("sessions that wait for a lock, on average", "", false),
  READS_PER_SECOND("reads/s that its readers can do", "1/s", true),
  READ_P50("median time of a read, at the given rate", "ms", false),
  READ_P95("time that 95 % of reads do not exceed", "ms", false),
  READ_P99("time that 99 % of reads do not exceed", "ms", false),
  STALENESS_P50("median time from a commit to the first read that sees it", "ms", false),
  STALENESS_P99("time that 99 % of commits do not exceed until a read sees them", "ms", false),
  UNSEEN("commits that no read saw for ten seconds and an interval", "", false),
  DRIFT("messages whose counters are wrong when all is quiet", "", false),
  DRIFT_AFTER_DISCONNECT("the same after a time without connections", "", false),
  GAPS("times that it lost events meanwhile, and said so", "", false),
  DRIFT_AFTER_RESTART("messages that are wrong after it was ended and started again", "", false),
  WAL_BYTES("write-ahead log for each action", "B", false),
  GROWTH_BYTES("what the database grows by for each action", "B", false),
  CPU_DATABASE("processor time of PostgreSQL for 1,000 transactions", "s", false),
  CPU_KAFKA("processor time of Kafka for 1,000 transactions", "s", false),
  CPU_REDIS("processor time of Redis for 1,000 transactions", "s", false),
  CPU_BRIDGE("processor time of the bridge for 1,000 transactions", "s", false),
  CPU_CONSUMER("processor time of the consumer for 1,000 transactions", "s", false),
  CPU_SERVICE("processor time of the cache service for 1,000 transactions", "s", false),
  CPU_WRITES("processor time of all of them for 1,000 transactions", "s", false),
  CORES("cores that all of them use at the given rates", "", false),
  BUSY("sessions that work or wait at the given rates, on average", "", false);

  private final String meaning;
  private final String unit;
  private final boolean moreIsBetter;

  Metric(String meaning, String unit, boolean moreIsBetter) {
    this.meaning = meaning;
    this.unit = unit;
    this.moreIsBetter = moreIsBetter;
  }

  /** In a few words. */
  public String meaning() {
    return meaning;
  }

  /** Its unit; empty for a count. */
  public String unit() {
    return unit;
  }

  /** Whether one would have more of it rather than less. */
  public boolean moreIsBetter() {
    return moreIsBetter;
  }

  /** As it is spelled in {@code report.json}. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The processor time of a process, by what it is. */
  static Metric cpu(String process) {
    return valueOf("CPU_" + process.toUpperCase(Locale.ROOT));
  }
}
