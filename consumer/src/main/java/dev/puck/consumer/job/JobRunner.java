package dev.puck.consumer.job;

import com.github.kagkarlsson.scheduler.task.ExecutionContext;
import dev.puck.consumer.job.JobRepository.Order;
import dev.puck.service.config.ConfigException;
import dev.puck.service.retry.TransientException;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a job when it is due, and writes its history. What goes wrong is told and not thrown, since
 * the job is due again whatever became of this run. Each of a scheduler's threads runs one at once.
 */
final class JobRunner {
  private static final Logger LOGGER = LoggerFactory.getLogger(JobRunner.class);

  private final JobRepository repository;
  private final JobHistory history;
  private final JobSession session;
  private final String process;
  private final Map<Job, JobMeters> meters;
  private final Clock clock = Clock.systemUTC();

  /**
   * @param process how the history names this process
   * @param meters of each job
   */
  JobRunner(
      JobRepository repository,
      JobHistory history,
      JobSession session,
      String process,
      Map<Job, JobMeters> meters) {
    this.repository = repository;
    this.history = history;
    this.session = session;
    this.process = process;
    this.meters = Map.copyOf(meters);
  }

  /** The job is due. */
  void due(Job job, ExecutionContext context) {
    JobMeters itsMeters = Objects.requireNonNull(meters.get(job));
    Instant due = context.getExecution().getExecutionTime();
    try {
      Order order = repository.takeOrder(job.id());
      if (order.requested() || !order.paused()) {
        run(job, itsMeters, due, order.requested() ? "request" : "schedule");
      }
    } catch (SQLException | TransientException | ConfigException e) {
      LOGGER
          .atWarn()
          .addKeyValue("job", job.name())
          .addKeyValue("error", e.getMessage())
          .log("Job could not be run; it is due again by its schedule");
      itsMeters.ended(Outcome.FAILED, Duration.ZERO);
    }
  }

  private void run(Job job, JobMeters itsMeters, Instant due, String trigger) throws SQLException {
    Recorder recorder = new Recorder(job, itsMeters, due, trigger);
    Optional<Result> result = session.run(job.id(), job.work(), job.config().timeout(), recorder);
    if (result.isEmpty()) {
      LOGGER.atInfo().addKeyValue("job", job.name()).log("Job is running elsewhere; not run");
      overdue(job, itsMeters, 1 + job.schedule().missed(due, clock.instant()));
    }
  }

  private void overdue(Job job, JobMeters itsMeters, long count) throws SQLException {
    if (count > 0) {
      repository.addOverdue(job.id(), count);
      itsMeters.overdue(count);
    }
  }

  /** Writes one run into the history and the meters. */
  private final class Recorder implements JobSession.Witness {
    private final Job job;
    private final JobMeters itsMeters;
    private final Instant due;
    private final String trigger;
    private long id;
    private long begun;

    private Recorder(Job job, JobMeters itsMeters, Instant due, String trigger) {
      this.job = job;
      this.itsMeters = itsMeters;
      this.due = due;
      this.trigger = trigger;
    }

    @Override
    public void begin() throws SQLException {
      id = history.begin(job.id(), trigger, process);
      begun = System.nanoTime();
    }

    @Override
    public void end(Result result) throws SQLException {
      Duration took = Duration.ofNanos(System.nanoTime() - begun);
      log(result, took);
      long missed = job.schedule().missed(due, clock.instant());
      history.end(job.id(), id, result, missed, job.config().history());
      if (result.outcome() == Outcome.SUCCEEDED) {
        repository.succeeded(job.id());
      }
      itsMeters.ended(result.outcome(), took);
      overdue(job, itsMeters, missed);
      itsMeters.lastSuccess(repository.state(job.id()).lastSuccessAt());
    }

    private void log(Result result, Duration took) {
      boolean good = result.outcome() == Outcome.SUCCEEDED;
      (good ? LOGGER.atDebug() : LOGGER.atWarn())
          .addKeyValue("job", job.name())
          .addKeyValue("outcome", result.outcome().text())
          .addKeyValue("tookMs", took.toMillis())
          .addKeyValue("error", result.error())
          .log("Job ended");
    }
  }
}
