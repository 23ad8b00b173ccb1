package dev.puck.consumer.job;

import com.github.kagkarlsson.scheduler.Scheduler;
import com.github.kagkarlsson.scheduler.SchedulerName;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceCurrentlyExecutingException;
import com.github.kagkarlsson.scheduler.exceptions.TaskInstanceNotFoundException;
import com.github.kagkarlsson.scheduler.jdbc.PostgreSqlJdbcCustomization;
import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import com.github.kagkarlsson.scheduler.task.TaskInstanceId;
import com.github.kagkarlsson.scheduler.task.helper.RecurringTask;
import com.github.kagkarlsson.scheduler.task.helper.Tasks;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.function.BiConsumer;
import javax.sql.DataSource;

/** Gives each job that is due to one of the processes that share it. Thread-safe. */
final class JobScheduler {
  /** How late a job may begin, and a request reach another process. */
  private static final Duration POLL_INTERVAL = Duration.ofSeconds(1);

  /** A process that was not heard of for four of these is given up for dead. */
  private static final Duration HEARTBEAT = Duration.ofSeconds(5);

  private static final int MISSED_HEARTBEATS = 4;
  private static final Duration CLOSE_PATIENCE = Duration.ofSeconds(5);
  private static final int MOST_THREADS = 8;

  /** Others' jobs are in the table too: never remove what this consumer does not know. */
  private static final Duration NEVER = Duration.ofDays(36_500);

  private final Scheduler scheduler;

  /**
   * @param process unique among all processes
   * @param due called by one of a few threads; does not throw
   */
  JobScheduler(
      Collection<Job> jobs,
      DataSource dataSource,
      String process,
      Absence absence,
      BiConsumer<Job, ExecutionContext> due) {
    List<RecurringTask<Void>> tasks = jobs.stream().map(job -> task(job, due)).toList();
    this.scheduler =
        Scheduler.create(dataSource)
            .startTasks(tasks)
            .tableName("puck_consumer.scheduled_task")
            .schedulerName(new SchedulerName.Fixed(process))
            .jdbcCustomization(new PostgreSqlJdbcCustomization(false, true))
            .threads(Math.min(tasks.size(), MOST_THREADS))
            .pollingInterval(pollInterval(jobs))
            .heartbeatInterval(HEARTBEAT)
            .missedHeartbeatsLimit(MISSED_HEARTBEATS)
            .deleteUnresolvedAfter(NEVER)
            .shutdownMaxWait(CLOSE_PATIENCE)
            .addSchedulerListener(absence)
            .build();
  }

  void start() {
    scheduler.start();
  }

  /** Makes the job due now; why not, or empty if it is. */
  Optional<String> bringForward(Job job) {
    try {
      if (scheduler.reschedule(instance(job), Instant.now())) {
        scheduler.triggerCheckForDueExecutions();
        return Optional.empty();
      }
      return Optional.of("it is just about to run");
    } catch (TaskInstanceCurrentlyExecutingException e) {
      return Optional.of("it is running, and never runs twice at once");
    } catch (TaskInstanceNotFoundException e) {
      return Optional.of("it is not scheduled; restart its consumer");
    }
  }

  /** Waits some seconds at most for what runs. */
  void stop() {
    scheduler.stop();
  }

  private static RecurringTask<Void> task(Job job, BiConsumer<Job, ExecutionContext> due) {
    return Tasks.recurring(job.id(), job.schedule())
        .execute((instance, context) -> due.accept(job, context));
  }

  private static TaskInstanceId instance(Job job) {
    return TaskInstanceId.of(job.id(), RecurringTask.INSTANCE);
  }

  /** At most a quarter of the time between two runs, so that being a bit late misses none. */
  private static Duration pollInterval(Collection<Job> jobs) {
    return jobs.stream()
        .map(job -> job.config().every())
        .filter(Objects::nonNull)
        .map(every -> every.dividedBy(4))
        .filter(quarter -> quarter.compareTo(POLL_INTERVAL) < 0)
        .min(Comparator.naturalOrder())
        .orElse(POLL_INTERVAL);
  }
}
