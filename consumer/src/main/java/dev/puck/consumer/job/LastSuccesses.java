package dev.puck.consumer.job;

import java.sql.SQLException;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Tells the meters when jobs last succeeded in other processes, by a thread of its own. */
final class LastSuccesses implements AutoCloseable {
  private static final Logger LOGGER = LoggerFactory.getLogger(LastSuccesses.class);
  private static final long INTERVAL_SECONDS = 5;

  private final JobRepository repository;
  private final Map<Job, JobMeters> meters;
  private final ScheduledExecutorService thread =
      Executors.newSingleThreadScheduledExecutor(
          work -> {
            Thread watcher = new Thread(work, "jobs-last-success");
            watcher.setDaemon(true);
            return watcher;
          });

  LastSuccesses(JobRepository repository, Map<Job, JobMeters> meters) {
    this.repository = repository;
    this.meters = Map.copyOf(meters);
  }

  void start() {
    var unused = thread.scheduleWithFixedDelay(this::look, 0, INTERVAL_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      for (Map.Entry<Job, JobMeters> each : meters.entrySet()) {
        each.getValue().lastSuccess(repository.state(each.getKey().id()).lastSuccessAt());
      }
    } catch (SQLException | RuntimeException e) {
      // The age goes on growing from what is known; the database's absence shows elsewhere.
      LOGGER.atDebug().addKeyValue("error", e.toString()).log("Jobs' last successes not read");
    }
  }

  @Override
  public void close() {
    thread.shutdownNow();
  }
}
