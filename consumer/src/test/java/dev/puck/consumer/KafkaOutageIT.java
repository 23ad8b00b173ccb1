package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.consumer.projection.ProjectionStatus;
import dev.puck.embedded.EmbeddedServers;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class KafkaOutageIT {
  @Test
  void shouldSayThatKafkaIsSilentAndGoOnExactlyWhenItSpeaks(TestEnvironment environment)
      throws Exception {
    try (EmbeddedServers servers = EmbeddedServers.inTemporaryDirectory();
        Playground playground = new Playground(environment, servers.kafka().bootstrapServers(), 2);
        Projector projector = playground.startAll()) {
      playground.sendOne(1, 1, 0);
      playground.send(100);
      playground.awaitExactTable();
      Playground.awaitReady(projector);

      // When
      servers.kafka().pause();

      // Then
      await()
          .atMost(Playground.PATIENCE)
          .untilAsserted(
              () ->
                  assertThat(projector.status().projections())
                      .extracting(ProjectionStatus::state)
                      .containsOnly("degraded"));
      assertThat(projector.status().projections().get(0).error())
          .startsWith("Kafka gave no answer");
      assertThat(Playground.get(projector, "/caches/counters/1").statusCode()).isEqualTo(200);

      // When
      servers.kafka().resume();

      // Then
      Playground.awaitReady(projector);
      playground.send(100);
      playground.awaitExactTable();
    }
  }
}
