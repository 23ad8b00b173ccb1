package dev.puck.consumer.job;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Says how a job is. */
final class StatusWriter {
  private StatusWriter() {}

  /**
   * @param runs the newest first
   */
  static JobStatus write(Job job, JobState state, List<JobRun> runs, Clock clock) {
    @Nullable JobRun running = runs.stream().filter(JobRun::isRunning).findFirst().orElse(null);
    @Nullable JobRun last = runs.stream().filter(run -> !run.isRunning()).findFirst().orElse(null);
    @Nullable Instant success = state.lastSuccessAt();
    return new JobStatus(
        job.name(),
        job.work().text(),
        job.schedule().toString(),
        job.config().timeout().toMillis() / 1e3,
        running != null ? "running" : state.paused() ? "paused" : "waiting",
        state.paused(),
        state.paused() || state.dueAt() == null ? null : state.dueAt().toString(),
        running,
        last,
        success == null ? null : success.toString(),
        success == null ? null : Duration.between(success, clock.instant()).toMillis() / 1e3,
        state.overdue(),
        List.of(running != null ? "cancel" : "run", state.paused() ? "resume" : "pause"));
  }
}
