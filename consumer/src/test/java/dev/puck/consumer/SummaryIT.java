package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.puck.consumer.projection.ProjectionStatus;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The summary's table is exactly right, whatever happens to processes, database and events. */
@ExtendWith(PuckExtension.class)
class SummaryIT {
  private static final int PARTITIONS = 6;

  private Playground playground;

  @BeforeEach
  void open(TestEnvironment environment) throws Exception {
    playground = new Playground(environment, PARTITIONS);
  }

  @AfterEach
  void close() throws Exception {
    playground.close();
  }

  @Test
  void shouldCountEachEventOnceWhileProcessesComeAndGo() throws Exception {
    // Given
    try (Projector first = playground.startSummary();
        Traffic traffic = new Traffic(playground);
        Projector second = playground.startSummary()) {
      await().atMost(Playground.PATIENCE).until(() -> events(first) > 0 && events(second) > 0);

      // When
      end(first);
      try (Projector third = playground.startSummary()) {
        await().atMost(Playground.PATIENCE).until(() -> events(third) > 0);
        traffic.end();

        // Then
        playground.awaitExactTable();
        Playground.awaitReady(second);
        Playground.awaitReady(third);
        assertThat(events(first) + events(second) + events(third)).isEqualTo(traffic.events());
      }
    }
  }

  @Test
  void shouldStayExactWhenItsSessionsAreTerminated() throws Exception {
    // Given
    try (Projector projector = playground.startSummary();
        Traffic traffic = new Traffic(playground)) {
      // When
      long ended = 0;
      while (ended < 10) {
        ended +=
            Sql.number(
                playground.connection,
                """
                select count(pg_terminate_backend(pid))
                  from (select pg_sleep(0.3)) as pause, pg_stat_activity
                 where datname = current_database() and application_name like 'puck consumer%'
                """);
      }
      traffic.end();

      // Then
      playground.awaitExactTable();
      Playground.awaitReady(projector);
      assertThat(events(projector)).isBetween(traffic.events() - 10 * 5_000, traffic.events());
    }
  }

  @Test
  void shouldGoOnFromTheStoredOffsetWhenAnotherProcessMovedIt() throws Exception {
    // Given
    try (Projector projector = playground.startSummary()) {
      Playground.awaitReady(projector);

      // When another process, as its offset says, has applied the partition's first event
      Sql.run(
          playground.connection,
          "update puck_consumer.subscription_offset set next_offset = 1 where partition = 0");
      playground.send(playground.record(0, "1", "{\"messageid\":1,\"rts\":1000}"));
      playground.send(1_000);

      // Then
      playground.awaitExactTable();
      await().untilAsserted(() -> assertThat(status(projector).lag()).isZero());
      assertThat(events(projector)).isEqualTo(1_000);
      assertThat(Playground.get(projector, "/metrics").body())
          .contains("puck_consumer_fenced_total{kind=\"summary\",projection=\"counters\"} 1.0");
      Playground.awaitReady(projector);
    }
  }

  @Test
  void shouldApplyTheGoodAroundPoison() throws Exception {
    // Given
    playground.send(300);
    playground.send(playground.record(3, "7", "{\"messageid\":\"seven\"}"));
    playground.send(300);
    ProducerRecord<byte[], byte[]> torn = playground.record(3, null, "{\"messageid\":");
    torn.headers().add("shop", "Bottom".getBytes(StandardCharsets.UTF_8));
    playground.send(torn);
    playground.send(playground.record(3, "9", "{\"messageid\":9,\"rts\":\"\\u0000\"}"));
    playground.send(300);

    // When
    try (Projector projector = playground.startSummary()) {
      // Then
      playground.awaitExactTable();
      await().untilAsserted(() -> assertThat(status(projector).deadLetters()).isEqualTo(3));
      assertThat(events(projector)).isEqualTo(900);
      Playground.awaitReady(projector);
    }
    DeadLetterReader letters = new DeadLetterReader(playground);
    assertThat(letters.read(3))
        .extracting(DeadLetterReader.Letter::value)
        .containsExactlyInAnyOrder(
            "{\"messageid\":\"seven\"}",
            "{\"messageid\":",
            "{\"messageid\":9,\"rts\":\"\\u0000\"}");
    assertThat(letters.read(3).stream().filter(each -> each.key() == null))
        .singleElement()
        .satisfies(
            letter -> {
              assertThat(letter.headers())
                  .containsEntry("shop", "Bottom")
                  .containsEntry("puck.dead-letter.topic", playground.topic)
                  .containsEntry("puck.dead-letter.partition", "3")
                  .containsEntry("puck.dead-letter.projection", "summary/counters")
                  .containsKey("puck.dead-letter.offset");
              assertThat(letter.headers().get("puck.dead-letter.reason")).startsWith("not JSON");
            });
  }

  @Test
  void shouldStandStillAndSkipNothingWhileTheStatementIsRefused() throws Exception {
    try (Projector projector = playground.startSummary()) {
      Playground.awaitReady(projector);
      // When
      Sql.run(playground.connection, "alter table twcache.counters rename column favs to likes");
      playground.send(1_000);

      // Then
      await()
          .untilAsserted(
              () -> {
                assertThat(status(projector).state()).isEqualTo("degraded");
                assertThat(status(projector).error()).contains("favs", "SQLSTATE 42703");
                assertThat(status(projector).lag()).isEqualTo(1_000);
              });
      assertThat(Playground.get(projector, "/health/ready").statusCode()).isEqualTo(503);
      assertThat(Playground.get(projector, "/health/live").statusCode()).isEqualTo(200);

      // When
      Sql.run(playground.connection, "alter table twcache.counters rename column likes to favs");

      // Then
      playground.awaitExactTable();
      Playground.awaitReady(projector);
      assertThat(events(projector)).isEqualTo(1_000);
    }
  }

  @Test
  void shouldNotCountWhatAProducerAborted() throws Exception {
    // Given
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            Map.of(
                "bootstrap.servers",
                playground.kafkaConfig().bootstrapServers(),
                "transactional.id",
                playground.topic),
            new ByteArraySerializer(),
            new ByteArraySerializer())) {
      producer.initTransactions();
      playground.send(10);
      producer.beginTransaction();
      producer.send(playground.record(0, "1", "{\"messageid\":1,\"rts\":1000}")).get();
      producer.abortTransaction();
    }

    // When
    try (Projector projector = playground.startSummary()) {
      // Then
      Playground.awaitReady(projector);
      playground.awaitExactTable();
      await().untilAsserted(() -> assertThat(status(projector).lag()).isZero());
    }
  }

  @Test
  void shouldTellOfEventsThatKafkaNoLongerHasAndGoOn() throws Exception {
    // Given
    try (Projector projector = playground.startSummary()) {
      Playground.awaitReady(projector);
    }
    playground.send(playground.record(0, "1", "{\"messageid\":1,\"rts\":1000}"));
    playground.flush();
    try (Admin admin = playground.admin()) {
      admin
          .deleteRecords(
              Map.of(new TopicPartition(playground.topic, 0), RecordsToDelete.beforeOffset(1)))
          .all()
          .get();
    }

    // When
    try (Projector projector = playground.startSummary()) {
      playground.send(1_000);

      // Then
      playground.awaitExactTable();
      assertThat(status(projector).gaps())
          .singleElement()
          .satisfies(gap -> assertThat(gap.reason()).contains("-0@0", "reading on from 1"));
    }
  }

  private static void end(Projector projector) {
    projector.close();
  }

  private static long events(Projector projector) {
    return status(projector).events();
  }

  private static ProjectionStatus status(Projector projector) {
    return projector.status().projections().get(0);
  }
}
