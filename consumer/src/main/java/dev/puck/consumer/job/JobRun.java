package dev.puck.consumer.job;

import org.jspecify.annotations.Nullable;

/**
 * A run of a job, as the history shows it.
 *
 * @param trigger {@code schedule}, or {@code request}
 * @param process which process ran it
 * @param startedAt as ISO 8601, in UTC
 * @param finishedAt null while it runs, or if it was lost
 * @param seconds how long it took, or has taken until now; null if it was lost
 * @param outcome {@code running}, {@code succeeded}, {@code failed}, {@code cancelled}, {@code
 *     timed-out} or {@code lost}
 * @param rows written or read by the statement, or in the refreshed view; null unless it succeeded
 * @param overdue how many of the job's times had passed, without a run of their own, by its end
 * @param sqlstate PostgreSQL's code of the error; null if there is none
 * @param error null unless something went wrong
 * @param note null if there is nothing to note
 */
public record JobRun(
    long id,
    String trigger,
    String process,
    String startedAt,
    @Nullable String finishedAt,
    @Nullable Double seconds,
    String outcome,
    @Nullable Long rows,
    long overdue,
    @Nullable String sqlstate,
    @Nullable String error,
    @Nullable String note) {
  boolean isRunning() {
    return outcome.equals("running");
  }
}
