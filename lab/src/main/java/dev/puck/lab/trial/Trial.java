package dev.puck.lab.trial;

import dev.puck.lab.bench.machine.CpuTime;
import dev.puck.lab.workload.Load;
import dev.puck.lab.workload.Pace;
import dev.puck.lab.workload.Staleness;
import dev.puck.lab.workload.Timing;
import dev.puck.lab.workload.Workload;
import dev.puck.service.connection.Query;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** One strategy, measured once. Used by one thread. */
public final class Trial implements AutoCloseable {
  /** More would only wait for one another at the connection. */
  private static final int READERS = 4;

  /** Where a process of ours answers, it takes so many until it is compiled. */
  private static final int WARM_READS = 5_000;

  private static final int MOST_WARM_UPS = 4;

  private final TrialPlan plan;
  private final Candidate candidate;
  private final Measurement measurement = new Measurement();
  private final AtomicLong retries = new AtomicLong();
  private final Load writers;
  private final Load readers;

  private Trial(TrialPlan plan, Candidate candidate) throws SQLException {
    this.plan = plan;
    this.candidate = candidate;
    this.writers =
        Load.prepare(
            "writer", plan.workload().writers(), number -> candidate.openWriter(number, retries));
    this.readers = Load.prepare("reader", READERS, candidate::openReader);
  }

  /**
   * Measures a candidate, which it starts.
   *
   * @throws RuntimeException if it does not show what was there before
   */
  public static Measurement run(TrialPlan plan, Candidate candidate)
      throws SQLException, IOException, InterruptedException {
    candidate.start();
    long before = candidate.settle();
    if (before > 0) {
      throw candidate.unfit(before);
    }
    try (Trial trial = new Trial(plan, candidate)) {
      return trial.run();
    }
  }

  private Measurement run() throws SQLException, IOException, InterruptedException {
    warmUp();
    measureWrites();
    measureReads();
    measureTogether();
    measurement.put(Metric.DRIFT, candidate.settle());
    if (candidate.propagates() && !plan.disconnect().isZero()) {
      measureDisconnect();
      measureRestart();
    }
    return measurement;
  }

  /** What runs for the first time is slow, and no part of what is measured. */
  private void warmUp() throws SQLException, IOException, InterruptedException {
    write(TrialPlan.WARM_UP);
    candidate.settle();
    long reads = 0;
    for (int times = 0; times < MOST_WARM_UPS && reads < WARM_READS; times++) {
      reads += read(TrialPlan.WARM_UP).count();
    }
  }

  private Timing write(Duration duration) throws SQLException, IOException, InterruptedException {
    writers.start(Pace.closed(duration));
    return writers.finish();
  }

  private Timing read(Duration duration) throws SQLException, IOException, InterruptedException {
    readers.start(Pace.closed(duration));
    return readers.finish();
  }

  /** As fast as the writers can; what it costs until all of it shows. */
  private void measureWrites() throws SQLException, IOException, InterruptedException {
    retries.set(0);
    Processes processes = new Processes(candidate);
    Map<String, CpuTime> used = processes.now();
    long wal = walPosition();
    long size = size();
    Timing timing;
    try (LockWaits waits = LockWaits.watch(candidate)) {
      timing = write(plan.closed());
      measurement.put(Metric.LOCK_WAITS, waits.average());
    }
    candidate.settle();
    double thousands = timing.count() / 1e3;
    double actions = (double) timing.count() * plan.workload().actions();
    measurement.put(Metric.WRITES_PER_SECOND, timing.perSecond());
    measurement.put(Metric.RETRIES, retries.get() / thousands);
    measurement.put(Metric.WAL_BYTES, (walPosition() - wal) / actions);
    measurement.put(Metric.GROWTH_BYTES, (size() - size) / actions);
    if (processes.areKnown()) {
      Map<String, Duration> costs = processes.since(used);
      costs.forEach(
          (process, time) -> measurement.put(Metric.cpu(process), seconds(time) / thousands));
      measurement.put(Metric.CPU_WRITES, sum(costs) / thousands);
    }
  }

  /** As fast as the readers can. */
  private void measureReads() throws SQLException, IOException, InterruptedException {
    measurement.put(Metric.READS_PER_SECOND, read(plan.reading()).perSecond());
  }

  /** At the given rates, with somebody who looks how stale it is. */
  private void measureTogether() throws SQLException, IOException, InterruptedException {
    Workload workload = plan.workload();
    Staleness staleness = new Staleness();
    try (Load probe = Load.prepare("probe", 1, number -> candidate.openProbe(staleness))) {
      Processes processes = new Processes(candidate);
      Map<String, CpuTime> used = processes.now();
      Duration busy = candidate.busy();
      probe.start(Pace.closed(plan.open()));
      readers.start(Pace.open(workload.readsPerSecond(), plan.open()));
      writers.start(Pace.open(workload.writesPerSecond(), plan.open()));
      Timing writes = writers.finish();
      if (processes.areKnown()) {
        measurement.put(Metric.CORES, sum(processes.since(used)) / seconds(writes.took()));
      }
      Timing reads = readers.finish();
      Duration ownBusy = candidate.busy().minus(busy);
      Duration all = writes.busy().plus(reads.busy()).plus(ownBusy);
      measurement.put(Metric.BUSY, seconds(all) / seconds(writes.took()));
      note(writes, Metric.WRITE_P50, Metric.WRITE_P95, Metric.WRITE_P99);
      note(reads, Metric.READ_P50, Metric.READ_P95, Metric.READ_P99);
      probe.finish();
    }
    measurement.put(Metric.UNSEEN, staleness.missed());
    if (staleness.count() > 0) {
      measurement.put(Metric.STALENESS_P50, staleness.millis(50));
      measurement.put(Metric.STALENESS_P99, staleness.millis(99));
    }
  }

  private void note(Timing timing, Metric p50, Metric p95, Metric p99) {
    measurement.put(p50, timing.millis(50));
    measurement.put(p95, timing.millis(95));
    measurement.put(p99, timing.millis(99));
  }

  private void measureDisconnect() throws SQLException, IOException, InterruptedException {
    writers.start(Pace.open(plan.workload().writesPerSecond(), plan.disconnect().plusSeconds(1)));
    candidate.disconnect(plan.disconnect());
    writers.finish();
    measurement.put(Metric.DRIFT_AFTER_DISCONNECT, candidate.settle());
    measurement.put(Metric.GAPS, candidate.gaps());
  }

  private void measureRestart() throws SQLException, IOException, InterruptedException {
    candidate.restart();
    measurement.put(Metric.DRIFT_AFTER_RESTART, candidate.settle());
  }

  private long walPosition() throws SQLException {
    return ask("select pg_current_wal_insert_lsn() - '0/0'::pg_lsn");
  }

  private long size() throws SQLException {
    return ask("select pg_database_size(current_database())");
  }

  private long ask(String question) throws SQLException {
    try (Connection connection = candidate.connect()) {
      return Query.one(connection, question, row -> row.getLong(1));
    }
  }

  private static double sum(Map<String, Duration> times) {
    return times.values().stream().mapToDouble(Trial::seconds).sum();
  }

  private static double seconds(Duration time) {
    return time.toNanos() / 1e9;
  }

  @Override
  public void close() throws SQLException {
    try {
      readers.close();
    } finally {
      writers.close();
    }
  }
}
