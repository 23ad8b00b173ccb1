package dev.puck.consumer.job;

import dev.puck.consumer.config.JobConfig;
import dev.puck.consumer.config.TableName;
import java.util.Objects;
import java.util.Optional;

/**
 * A job as it was configured.
 *
 * @param id unique in the database: CONSUMER.JOB
 */
record Job(String id, JobConfig config, JobSchedule schedule, Work work) {
  static Job of(String consumer, JobConfig config) {
    Optional<TableName> view = config.view();
    Work work =
        view.isPresent()
            ? new RefreshWork(view.get())
            : new SqlWork(Objects.requireNonNull(config.sql()));
    return new Job(consumer + "." + config.name(), config, new JobSchedule(config), work);
  }

  String name() {
    return config.name();
  }
}
