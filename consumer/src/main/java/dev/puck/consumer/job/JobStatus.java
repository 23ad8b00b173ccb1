package dev.puck.consumer.job;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a job is: what it does and when, how its last run went, and what can be done about it.
 *
 * @param does the statement, or {@code refresh} and the view
 * @param schedule such as {@code every 30s}
 * @param state {@code running}, {@code paused} or {@code waiting}
 * @param paused whether it runs only when asked to; it may be running all the same
 * @param nextRunAt when it is due, as ISO 8601 in UTC; null while it is paused
 * @param running the run that goes on; null if none does
 * @param last the last run that ended; null if none has
 * @param lastSuccessAt null if none has succeeded yet
 * @param lastSuccessAgeSeconds how long ago that was
 * @param overdue how many of its times passed without a run of their own, ever
 * @param can what may be asked for now, as in {@code POST /jobs/NAME/run}
 */
public record JobStatus(
    String name,
    String does,
    String schedule,
    double timeoutSeconds,
    String state,
    boolean paused,
    @Nullable String nextRunAt,
    @Nullable JobRun running,
    @Nullable JobRun last,
    @Nullable String lastSuccessAt,
    @Nullable Double lastSuccessAgeSeconds,
    long overdue,
    List<String> can) {
  public JobStatus {
    can = List.copyOf(can);
  }

  /** A job with its history, the newest run first. */
  public record WithRuns(JobStatus job, List<JobRun> runs) {
    public WithRuns {
      runs = List.copyOf(runs);
    }
  }
}
