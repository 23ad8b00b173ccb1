package dev.puck.consumer;

import dev.puck.consumer.http.JobControl;
import dev.puck.consumer.job.Jobs;
import java.util.Optional;

/** A consumer's jobs as HTTP sees them. Thread-safe. */
record RunningJobs(Jobs jobs) implements JobControl {
  @Override
  public Object list() {
    return jobs.statuses();
  }

  @Override
  public Optional<Object> get(String name) {
    return jobs.status(name).map(found -> found);
  }

  @Override
  public Optional<String> run(String name) {
    return jobs.run(name);
  }

  @Override
  public Optional<String> pause(String name) {
    return jobs.pause(name);
  }

  @Override
  public Optional<String> resume(String name) {
    return jobs.resume(name);
  }

  @Override
  public Optional<String> cancel(String name) {
    return jobs.cancel(name);
  }
}
