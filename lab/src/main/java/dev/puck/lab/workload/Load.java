package dev.puck.lab.workload;

import java.io.IOException;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.Recorder;

/** The same step done by several threads, timed. Used by one thread. */
public final class Load implements AutoCloseable {
  private static final int DIGITS = 3;

  private final ExecutorService threads;
  private final List<Step> steps = new ArrayList<>();
  private final Recorder recorder = new Recorder(DIGITS);
  private final LongAdder busyNanos = new LongAdder();
  private final List<Future<Long>> running = new ArrayList<>();

  private Load(ExecutorService threads) {
    this.threads = threads;
  }

  /**
   * Gets everything ready.
   *
   * @param name of its threads
   */
  public static Load prepare(String name, int threads, Step.Factory steps) throws SQLException {
    Load load =
        new Load(
            Executors.newFixedThreadPool(
                threads,
                work -> {
                  Thread thread = new Thread(work, "lab-" + name);
                  thread.setDaemon(true);
                  return thread;
                }));
    try {
      for (int i = 0; i < threads; i++) {
        load.steps.add(steps.open(i));
      }
      return load;
    } catch (SQLException e) {
      load.close();
      throw e;
    }
  }

  /** Begins at that pace; a load runs at one pace after the other. */
  public void start(Pace pace) {
    running.clear();
    recorder.reset();
    busyNanos.reset();
    for (Step step : steps) {
      running.add(threads.submit(() -> run(step, pace)));
    }
  }

  /** Waits for the end. */
  public Timing finish() throws SQLException, IOException, InterruptedException {
    long took = 1;
    for (Future<Long> thread : running) {
      took = Math.max(took, result(thread));
    }
    Histogram nanos = recorder.getIntervalHistogram();
    return new Timing(nanos, Duration.ofNanos(took), Duration.ofNanos(busyNanos.sum()));
  }

  /** When it was done, by the pace's clock. */
  private long run(Step step, Pace pace) throws SQLException, IOException, InterruptedException {
    for (long due = pace.next(); due != Pace.OVER && !isStopped(); due = pace.next()) {
      for (long wait = due - pace.now(); wait > 0; wait = due - pace.now()) {
        LockSupport.parkNanos(wait);
      }
      long began = pace.now();
      step.run();
      long ended = pace.now();
      busyNanos.add(ended - began);
      recorder.recordValue(Math.max(0, ended - due));
    }
    return pace.now();
  }

  /** Whoever stops early does not wait for the end of the pace. */
  private static boolean isStopped() {
    return Thread.currentThread().isInterrupted();
  }

  private static long result(Future<Long> thread)
      throws SQLException, IOException, InterruptedException {
    try {
      return thread.get();
    } catch (ExecutionException e) {
      if (e.getCause() instanceof SQLException failed) {
        throw failed;
      } else if (e.getCause() instanceof IOException failed) {
        throw failed;
      } else if (e.getCause() instanceof InterruptedException stopped) {
        throw stopped;
      }
      throw new IllegalStateException("A load ended", e.getCause());
    }
  }

  @Override
  public void close() throws SQLException {
    threads.shutdownNow();
    try {
      if (!threads.awaitTermination(10, TimeUnit.SECONDS)) {
        throw new IllegalStateException("A load does not end");
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    for (Step step : steps) {
      step.close();
    }
  }
}
