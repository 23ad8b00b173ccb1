package dev.puck.consumer.job;

import com.zaxxer.hikari.HikariDataSource;
import dev.puck.consumer.config.JobConfig;
import dev.puck.service.config.ConfigException;
import dev.puck.service.config.Problem;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresFailure;
import dev.puck.service.retry.TransientException;
import io.micrometer.core.instrument.MeterRegistry;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A consumer's jobs. Processes of the same consumer share them: each run happens in one of them.
 * All that is asked and ordered here goes through the database, and so holds for all processes.
 *
 * <p>Thread-safe. Methods that ask the database throw {@link TransientException} if it is away.
 */
public final class Jobs implements AutoCloseable {
  private final Postgres postgres;
  private final HikariDataSource dataSource;
  private final JobRepository repository;
  private final JobHistory history;
  private final JobSession session;
  private final Map<String, Job> jobs = new LinkedHashMap<>();
  private final JobScheduler scheduler;
  private final LastSuccesses lastSuccesses;

  private Jobs(
      String consumer,
      List<JobConfig> configs,
      Postgres postgres,
      MeterRegistry registry,
      HikariDataSource dataSource) {
    this.postgres = postgres;
    this.dataSource = dataSource;
    this.repository = new JobRepository(dataSource);
    this.history = new JobHistory(dataSource);
    this.session = new JobSession(postgres);
    Map<Job, JobMeters> meters = new LinkedHashMap<>();
    for (JobConfig config : configs) {
      Job job = Job.of(consumer, config);
      jobs.put(job.name(), job);
      meters.put(job, new JobMeters(registry, job.name(), Clock.systemUTC()));
    }
    this.lastSuccesses = new LastSuccesses(repository, meters);
    String process = process(consumer);
    JobRunner runner = new JobRunner(repository, history, session, process, meters);
    Absence absence = new Absence(postgres.config().address());
    this.scheduler = new JobScheduler(jobs.values(), dataSource, process, absence, runner::due);
  }

  /**
   * Jobs that do not run yet.
   *
   * @param consumer its name, which begins the names of its jobs in the database
   * @throws ConfigException if something must be set right
   * @throws TransientException if the database is away
   */
  public static Jobs open(
      String consumer, List<JobConfig> configs, Postgres postgres, MeterRegistry registry) {
    requireOneStatementEach(configs);
    HikariDataSource dataSource = JobDatabase.open(postgres);
    try {
      Jobs jobs = new Jobs(consumer, configs, postgres, registry, dataSource);
      jobs.register(consumer);
      return jobs;
    } catch (RuntimeException | Error e) {
      dataSource.close();
      throw e;
    }
  }

  /** From now on they run when they are due. */
  public void start() {
    scheduler.start();
    lastSuccesses.start();
  }

  /** Their names, in the order of the configuration; does not ask the database. */
  public List<String> names() {
    return List.copyOf(jobs.keySet());
  }

  /** How they all are, in the order of the configuration. */
  public List<JobStatus> statuses() {
    return asking(
        "reading jobs",
        () -> {
          List<JobStatus> statuses = new ArrayList<>();
          for (Job job : jobs.values()) {
            statuses.add(status(job, history.read(job.id(), 2)));
          }
          return statuses;
        });
  }

  /** How that job is, and its history; empty if there is none of that name. */
  public Optional<JobStatus.WithRuns> status(String name) {
    @Nullable Job job = jobs.get(name);
    if (job == null) {
      return Optional.empty();
    }
    return asking(
        "reading job " + name,
        () -> {
          List<JobRun> runs = history.read(job.id(), job.config().history());
          return Optional.of(new JobStatus.WithRuns(status(job, runs), runs));
        });
  }

  /** Has it run now, also if it is paused; why not, or empty if it will. */
  public Optional<String> run(String name) {
    Job job = job(name);
    return asking(
        "requesting job " + name,
        () -> {
          boolean first = repository.request(job.id());
          Optional<String> refusal = scheduler.bringForward(job);
          if (refusal.isPresent() && first) {
            repository.withdraw(job.id()); // but not what another was promised
          }
          return refusal;
        });
  }

  /** From now on it runs only when asked to, in all processes; a run that goes on is left alone. */
  public Optional<String> pause(String name) {
    return setPaused(name, true);
  }

  /** It runs by its schedule again. */
  public Optional<String> resume(String name) {
    return setPaused(name, false);
  }

  /** Has PostgreSQL cancel the statement that runs, in whatever process; why not, or empty. */
  public Optional<String> cancel(String name) {
    Job job = job(name);
    boolean told = asking("cancelling job " + name, () -> history.cancelRunning(job.id()));
    return told ? Optional.empty() : Optional.of("it is not running");
  }

  /** Cancels what runs in this process and lets go of the rest; takes some seconds at most. */
  @Override
  public void close() {
    try (dataSource) {
      lastSuccesses.close();
      session.close();
      scheduler.stop();
    }
  }

  private Optional<String> setPaused(String name, boolean paused) {
    Job job = job(name);
    return asking(
        (paused ? "pausing" : "resuming") + " job " + name,
        () -> {
          repository.pause(job.id(), paused);
          return Optional.empty();
        });
  }

  private void register(String consumer) {
    var unused =
        asking(
            "registering jobs",
            () -> {
              for (Job job : jobs.values()) {
                repository.register(job.id());
              }
              repository.unscheduleOthers(consumer, jobs.values().stream().map(Job::id).toList());
              return jobs.size();
            });
  }

  private JobStatus status(Job job, List<JobRun> runs) throws SQLException {
    return StatusWriter.write(job, repository.state(job.id()), runs, Clock.systemUTC());
  }

  private Job job(String name) {
    @Nullable Job job = jobs.get(name);
    if (job == null) {
      throw new IllegalArgumentException(
          "No job is named '" + name + "'; there are " + jobs.keySet());
    }
    return job;
  }

  private static String process(String consumer) {
    String unique = UUID.randomUUID().toString().substring(0, 8);
    return consumer + "/" + ProcessHandle.current().pid() + "/" + unique;
  }

  private static void requireOneStatementEach(List<JobConfig> configs) {
    List<Problem> problems = new ArrayList<>();
    for (int i = 0; i < configs.size(); i++) {
      @Nullable String sql = configs.get(i).sql();
      if (sql != null && !SqlWork.isOneStatement(sql)) {
        problems.add(
            new Problem(
                "consumer.jobs[" + i + "].sql",
                "is more than one statement; keep one, or put them into a function or a do block."));
      }
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private <T> T asking(String doing, Question<T> question) {
    try {
      return question.ask();
    } catch (SQLException e) {
      throw PostgresFailure.working(postgres.config(), doing, e);
    }
  }

  /** Something to ask the database. */
  private interface Question<T> {
    T ask() throws SQLException;
  }
}
