package dev.puck.consumer;

import static dev.puck.consumer.JobConsumers.await;
import static dev.puck.consumer.JobConsumers.awaitMetric;
import static dev.puck.consumer.JobConsumers.awaitOutcome;
import static dev.puck.consumer.JobConsumers.every;
import static dev.puck.consumer.JobConsumers.job;
import static dev.puck.consumer.JobConsumers.onRequest;
import static dev.puck.consumer.JobConsumers.order;
import static dev.puck.consumer.JobConsumers.orderOnceIdle;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.puck.consumer.config.JobConfig;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.config.ConfigException;
import java.time.Duration;
import java.util.List;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.ExtendWith;

/** When did it run, how long, what did it do, did it fail; run it, stop it, let it go on. */
@ExtendWith(PuckExtension.class)
@Timeout(120)
class JobsIT {
  private static final Duration SECOND = Duration.ofSeconds(1);

  private JobConsumers consumers;

  @BeforeEach
  void open(TestEnvironment environment) throws Exception {
    consumers = new JobConsumers(environment);
    Sql.run(
        consumers.connection,
        """
        create table number (n int);
        insert into number select generate_series(1, 3);
        create materialized view public.doubled as select 2 * n as n from number;
        """);
  }

  @AfterEach
  void close() throws Exception {
    consumers.close();
  }

  @Test
  void shouldRefreshByScheduleAndSayWhatItDid() throws Exception {
    // Given
    Sql.run(consumers.connection, "create unique index on doubled (n)");

    // When
    Projector projector = consumers.start(refresh(SECOND));
    awaitOutcome(projector, "doubled", "succeeded");
    Sql.run(consumers.connection, "insert into number values (4)");

    // Then
    JsonNode job = await(projector, "doubled", each -> each.at("/job/last/rows").asInt() == 4);
    assertThat(job.at("/job/does").asText()).isEqualTo("refresh \"public\".\"doubled\"");
    assertThat(job.at("/job/schedule").asText()).isEqualTo("every 1s");
    assertThat(job.at("/job/nextRunAt").asText()).isNotEmpty();
    assertThat(job.at("/job/last/trigger").asText()).isEqualTo("schedule");
    assertThat(job.at("/job/last/seconds").asDouble()).isPositive();
    assertThat(job.at("/job/last/note").isNull()).isTrue();
    assertThat(job.at("/job/lastSuccessAgeSeconds").asDouble()).isBetween(0.0, 30.0);
    assertThat(job.at("/runs/0/startedAt").asText())
        .isGreaterThan(job.at("/runs/1/startedAt").asText());
    assertThat(Playground.get(projector, "/jobs").body()).startsWith("[{\"name\":\"doubled\",");
    awaitMetric(projector, runs("doubled", "succeeded"), 2);
    awaitMetric(projector, "puck_consumer_job_run_seconds_count{job_name=\"doubled\"", 2);
    awaitMetric(projector, "puck_consumer_job_last_success_age_seconds{job_name=\"doubled\"", 0);
  }

  @Test
  void shouldRefreshAViewThatCannotBeRefreshedConcurrentlyAndSayWhy() {
    Projector projector = consumers.start(refresh(Duration.ofHours(1)));
    assertThat(awaitOutcome(projector, "doubled", "succeeded").at("/job/last/note").asText())
        .isEqualTo(
            "not concurrently, so that readers were locked out: it has no unique index on columns,"
                + " without where; create one");
  }

  @Test
  void shouldTellAFailureWithItsSqlstateAndGoOn() {
    // Given
    Projector projector =
        consumers.start(
            every("broken", SECOND, "select 1 / (n - 1) from number"),
            new JobConfig(
                "missing", "public.nowhere", null, SECOND, null, Duration.ofMinutes(1), 100));

    // When
    JsonNode broken = await(projector, "broken", job -> job.at("/runs").size() >= 2);
    JsonNode missing = awaitOutcome(projector, "missing", "failed");

    // Then
    assertThat(broken.at("/job/last/outcome").asText()).isEqualTo("failed");
    assertThat(broken.at("/job/last/sqlstate").asText()).isEqualTo("22012");
    assertThat(broken.at("/job/last/error").asText()).contains("division by zero");
    assertThat(broken.at("/job/lastSuccessAt").isNull()).isTrue();
    assertThat(missing.at("/job/last/error").asText())
        .isEqualTo(
            "\"public\".\"nowhere\" is no materialized view of this database (SQLSTATE 42P01)");
  }

  @Test
  void shouldRunWhenAskedAndCancelWhatRuns() throws Exception {
    // Given
    Projector projector = consumers.start(onRequest("nap", "select pg_sleep(600)"));
    assertThat(job(projector, "nap").at("/job/can")).hasToString("[\"run\",\"pause\"]");
    assertThat(order(projector, "nap", "cancel")).as("nothing to cancel").isEqualTo(409);

    // When
    orderOnceIdle(projector, "nap", "run");
    JsonNode running = awaitState(projector, "nap", "running");
    assertThat(running.at("/job/can")).hasToString("[\"cancel\",\"pause\"]");
    assertThat(running.at("/job/running/trigger").asText()).isEqualTo("request");
    assertThat(order(projector, "nap", "run")).as("never two at once").isEqualTo(409);
    assertThat(order(projector, "nap", "cancel")).isEqualTo(202);

    // Then
    JsonNode job = awaitOutcome(projector, "nap", "cancelled");
    assertThat(job.at("/job/last/sqlstate").asText()).isEqualTo("57014");
    assertThat(Sql.number(consumers.connection, sleepers())).isZero();
    awaitMetric(projector, runs("nap", "cancelled"), 1);
  }

  @Test
  void shouldEndARunThatTakesTooLong() {
    Projector projector =
        consumers.start(
            new JobConfig(
                "nap", null, "select pg_sleep(600)", SECOND, null, Duration.ofMillis(300), 100));
    awaitOutcome(projector, "nap", "timed-out");
  }

  @Test
  void shouldCancelWhatRunsWhenItIsStopped() throws Exception {
    // Given
    Projector first = consumers.start(onRequest("nap", "select pg_sleep(600)"));
    orderOnceIdle(first, "nap", "run");
    awaitState(first, "nap", "running");

    // When
    consumers.stop(first);

    // Then
    assertThat(Sql.number(consumers.connection, sleepers())).isZero();
    Projector second = consumers.start(onRequest("nap", "select 1"));
    assertThat(job(second, "nap").at("/job/last/outcome").asText()).isEqualTo("cancelled");
  }

  @Test
  void shouldStayPausedAcrossARestartAndStillRunWhenAsked() throws Exception {
    // Given
    JobConfig tick = every("tick", SECOND, "select 1");
    Projector first = consumers.start(tick);
    awaitOutcome(first, "tick", "succeeded");

    // When
    assertThat(order(first, "tick", "pause")).isEqualTo(202);
    consumers.stop(first);
    long before = Sql.number(consumers.connection, "select count(*) from puck_consumer.job_run");
    Projector second = consumers.start(tick);
    String due = "select extract(epoch from execution_time) from puck_consumer.scheduled_task";
    long dueAtStart = Sql.number(consumers.connection, due);
    Awaitility.await()
        .atMost(JobConsumers.PATIENCE)
        .until(() -> Sql.number(consumers.connection, due) >= dueAtStart + 3);

    // Then: it was due several times, and did not run
    JsonNode job = job(second, "tick");
    assertThat(job.at("/job/state").asText()).isEqualTo("paused");
    assertThat(job.at("/job/nextRunAt").isNull()).isTrue();
    assertThat(job.at("/runs").size()).isEqualTo((int) before);
    orderOnceIdle(second, "tick", "run");
    await(second, "tick", each -> each.at("/job/last/trigger").asText().equals("request"));
    assertThat(order(second, "tick", "resume")).isEqualTo(202);
    await(second, "tick", each -> each.at("/job/last/trigger").asText().equals("schedule"));
  }

  @Test
  void shouldKeepTheNewestRunsOnly() {
    // Given
    Projector projector =
        consumers.start(
            new JobConfig("tick", null, "select 1", SECOND, null, Duration.ofMinutes(1), 3));

    // When
    JsonNode job = await(projector, "tick", each -> each.at("/runs/0/id").asLong() >= 6);

    // Then
    assertThat(job.at("/runs").size()).isBetween(2, 3);
  }

  @Test
  void shouldCountTheTimesThatPassWhileItRuns() {
    Projector projector = consumers.start(every("slow", SECOND, "select pg_sleep(2.5)"));
    JsonNode job = awaitOutcome(projector, "slow", "succeeded");
    assertThat(job.at("/job/last/overdue").asLong()).isGreaterThanOrEqualTo(2);
    await(projector, "slow", each -> each.at("/job/overdue").asLong() >= 2);
    awaitMetric(projector, "puck_consumer_job_overdue_total{job_name=\"slow\"", 2);
  }

  @Test
  void shouldRefuseWhatItDoesNotKnowAndWhatOtherSitesAskFor() throws Exception {
    Projector projector = consumers.start(onRequest("nap", "select 1"));
    assertThat(Playground.get(projector, "/jobs/none").statusCode()).isEqualTo(404);
    assertThat(order(projector, "none", "run")).isEqualTo(404);
    assertThat(order(projector, "nap", "wake")).isEqualTo(404);
    assertThat(order(projector, "nap", "run", "https://example.com")).isEqualTo(403);
    assertThat(order(projector, "nap", "pause", projector.url())).isEqualTo(202);
    assertThat(List.of(projector.isReady())).containsExactly(true);
  }

  @Test
  void shouldRunWhatCannotRunInATransaction() {
    Projector projector = consumers.start(every("vacuum", Duration.ofHours(1), "vacuum number;"));
    awaitOutcome(projector, "vacuum", "succeeded");
  }

  @Test
  void shouldRefuseMoreThanOneStatement() {
    assertThatThrownBy(
            () ->
                consumers.start(
                    onRequest("one", "do $$ begin perform 1; end $$;"),
                    onRequest("two", "select 1; select '2;'")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("consumer.jobs[1].sql is more than one statement")
        .hasMessageNotContaining("jobs[0]");
  }

  private static JobConfig refresh(Duration every) {
    return new JobConfig(
        "doubled", "public.doubled", null, every, null, Duration.ofMinutes(1), 100);
  }

  private static JsonNode awaitState(Projector projector, String name, String state) {
    return await(projector, name, job -> job.at("/job/state").asText().equals(state));
  }

  private static String runs(String name, String outcome) {
    return "puck_consumer_job_runs_total{job_name=\"%s\",outcome=\"%s\"}".formatted(name, outcome);
  }

  private static String sleepers() {
    return "select count(*) from pg_stat_activity where state = 'active' and query like 'select"
        + " pg_sleep%' and datname = current_database()";
  }
}
