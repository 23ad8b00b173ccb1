package dev.puck.consumer;

import static dev.puck.consumer.JobConsumers.awaitOutcome;
import static dev.puck.consumer.JobConsumers.every;
import static dev.puck.consumer.JobConsumers.job;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import dev.puck.embedded.EmbeddedPostgres;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.service.connection.PostgresConfig;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(180)
class JobOutageIT {
  /** Dead runs are given up after twenty seconds, and looked for every ten. */
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @Test
  void shouldGoOnWhenTheDatabaseReturns() throws Exception {
    try (EmbeddedServers servers = EmbeddedServers.inTemporaryDirectory()) {
      // Given: a job that runs most of the time
      EmbeddedPostgres postgres = servers.postgres();
      PostgresConfig config = new PostgresConfig(postgres.url("postgres"), postgres.user(), null);
      try (JobConsumers consumers = new JobConsumers(config, postgres.connect("postgres"))) {
        Projector projector =
            consumers.start(every("nap", Duration.ofSeconds(1), "select pg_sleep(0.8)"));
        JsonNode before = awaitOutcome(projector, "nap", "succeeded");

        // When
        postgres.kill();
        assertThat(Playground.get(projector, "/jobs").statusCode()).isEqualTo(503);
        postgres.start();

        // Then
        long last = before.at("/job/last/id").asLong();
        await()
            .atMost(PATIENCE)
            .ignoreExceptions()
            .until(
                () -> {
                  JsonNode now = job(projector, "nap").at("/job/last");
                  return now.at("/id").asLong() > last + 1
                      && now.at("/outcome").asText().equals("succeeded");
                });
      }
    }
  }
}
