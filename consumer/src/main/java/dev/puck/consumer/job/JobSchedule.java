package dev.puck.consumer.job;

import com.github.kagkarlsson.scheduler.task.ExecutionComplete;
import com.github.kagkarlsson.scheduler.task.schedule.Schedule;
import dev.puck.consumer.config.JobConfig;
import dev.puck.service.config.Durations;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * When a job is due: at the times of a cron line, or at a fixed distance from when it was due
 * before. Times that pass while it runs are not made up for. Thread-safe.
 */
final class JobSchedule implements Schedule {
  private static final int MOST_COUNTED = 100_000;

  private final @Nullable Schedule cron;
  private final Duration every;
  private final String text;

  JobSchedule(JobConfig config) {
    Optional<Schedule> times = config.cronSchedule();
    this.cron = times.orElse(null);
    this.every = config.every() == null ? Duration.ZERO : config.every();
    this.text = cron == null ? "every " + Durations.text(every) : "cron " + config.cron();
  }

  /** The first of its times that is after {@code now}, for a job that was due at {@code due}. */
  Instant next(Instant due, Instant now) {
    if (cron != null) {
      return after(cron, now);
    }
    return due.plus(every.multipliedBy(Math.max(0, passed(due, now)) + 1));
  }

  /** How many of its times lie after {@code due}, and not after {@code now}. */
  long missed(Instant due, Instant now) {
    if (cron == null) {
      return Math.max(0, passed(due, now));
    }
    long missed = 0;
    for (Instant at = after(cron, due); !at.isAfter(now); at = after(cron, at)) {
      missed++;
      if (missed == MOST_COUNTED) {
        break;
      }
    }
    return missed;
  }

  private long passed(Instant due, Instant now) {
    return Duration.between(due, now).dividedBy(every);
  }

  private static Instant after(Schedule cron, Instant time) {
    return cron.getNextExecutionTime(ExecutionComplete.simulatedSuccess(time));
  }

  @Override
  public Instant getNextExecutionTime(ExecutionComplete complete) {
    return next(complete.getExecution().getExecutionTime(), complete.getTimeDone());
  }

  /** At first start, what runs every so often begins at once. */
  @Override
  public Instant getInitialExecutionTime(Instant now) {
    return cron == null ? now : after(cron, now);
  }

  /** Whether its times follow from the clock alone. */
  @Override
  public boolean isDeterministic() {
    return cron != null;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof JobSchedule schedule && text.equals(schedule.text);
  }

  @Override
  public int hashCode() {
    return Objects.hashCode(text);
  }

  /** For people, such as {@code every 30s}. */
  @Override
  public String toString() {
    return text;
  }
}
