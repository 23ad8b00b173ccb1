package dev.puck.consumer;

import static dev.puck.consumer.JobConsumers.awaitOutcome;
import static dev.puck.consumer.JobConsumers.every;
import static dev.puck.consumer.JobConsumers.job;
import static dev.puck.consumer.JobConsumers.onRequest;
import static dev.puck.consumer.JobConsumers.order;
import static dev.puck.consumer.JobConsumers.orderOnceIdle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.puck.consumer.config.JobConfig;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** Processes share the jobs of their consumer, and no job ever runs twice at once. */
@ExtendWith(PuckExtension.class)
@Timeout(120)
class SharedJobsIT {
  /** Fails if another of its kind runs. */
  private static final String ALONE =
      """
      do $$
      begin
        if not pg_try_advisory_lock(42) then
          raise exception 'two at once';
        end if;
        perform pg_sleep(0.2);
        perform pg_advisory_unlock(42);
      end
      $$
      """;

  private TestEnvironment environment;
  private JobConsumers consumers;

  @BeforeEach
  void open(TestEnvironment injected) throws Exception {
    environment = injected;
    consumers = new JobConsumers(environment);
  }

  @AfterEach
  void close() throws Exception {
    consumers.close();
  }

  @Test
  void shouldNeverRunOneJobTwiceAtOnce() throws Exception {
    // Given
    JobConfig alone = every("alone", Duration.ofSeconds(1), ALONE);
    Projector first = consumers.start(alone);
    Projector second = consumers.start(alone);

    // When: both are pressed until each has run it
    await()
        .atMost(JobConsumers.PATIENCE.multipliedBy(2))
        .until(
            () -> {
              order(first, "alone", "run");
              order(second, "alone", "run");
              return number("count(distinct process)") == 2 && number("count(*)") >= 12;
            });

    // Then
    assertThat(number("count(*) filter (where outcome not in ('succeeded'))")).isZero();
    assertThat(
            number(
                """
                count(*) filter (where exists
                  (select from puck_consumer.job_run as other
                    where other.id > job_run.id and other.started_at < job_run.finished_at))
                """))
        .as("runs that overlap")
        .isZero();
  }

  @Test
  void shouldLetNoRunBeginWhileALostProcesssSessionGoesOn() throws Exception {
    // Given: a session that holds the job's lock, as that of a process given up for dead
    Projector projector = consumers.start(onRequest("nap", "select 1"));
    try (Connection lost = environment.connect()) {
      Sql.run(
          lost, "select pg_advisory_lock(hashtextextended('puck_consumer.job ' || 'jobs.nap', 0))");
      Sql.run(
          lost,
          "insert into puck_consumer.job_run (job, trigger, process)"
              + " values ('jobs.nap', 'schedule', 'lost')");
      assertThat(job(projector, "nap").at("/job/state").asText()).isEqualTo("running");

      // When
      assertThat(order(projector, "nap", "run")).isEqualTo(202);

      // Then
      await()
          .atMost(JobConsumers.PATIENCE)
          .until(() -> job(projector, "nap").at("/job/overdue").asLong() == 1);
      assertThat(number("count(*)")).isOne();
    }
    // And once it is gone, its run is known to be lost
    await()
        .atMost(JobConsumers.PATIENCE)
        .until(() -> job(projector, "nap").at("/job/state").asText().equals("waiting"));
    orderOnceIdle(projector, "nap", "run");
    JsonNode after = awaitOutcome(projector, "nap", "succeeded");
    assertThat(after.at("/runs/1/outcome").asText()).isEqualTo("lost");
    assertThat(after.at("/runs/1/error").asText()).contains("process ended");
  }

  @Test
  void shouldCancelInWhateverProcessItRuns() {
    // Given: whichever process the job runs in, the other one cancels it
    JobConfig nap = onRequest("nap", "select pg_sleep(600)");
    Projector first = consumers.start(nap);
    Projector second = consumers.start(nap);
    orderOnceIdle(first, "nap", "run");
    await()
        .atMost(JobConsumers.PATIENCE)
        .until(() -> job(second, "nap").at("/job/state").asText().equals("running"));

    // When
    assertThat(order(second, "nap", "cancel")).isEqualTo(202);

    // Then
    awaitOutcome(first, "nap", "cancelled");
    assertThat(order(first, "nap", "cancel")).isEqualTo(409);
  }

  private long number(String what) throws Exception {
    return Sql.number(consumers.connection, "select " + what + " from puck_consumer.job_run");
  }
}
