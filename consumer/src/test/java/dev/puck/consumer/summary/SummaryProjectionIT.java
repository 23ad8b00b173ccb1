package dev.puck.consumer.summary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.consumer.Counters;
import dev.puck.consumer.Sql;
import dev.puck.consumer.config.SummaryConfig;
import dev.puck.consumer.database.DownstreamDatabase;
import dev.puck.consumer.database.OffsetRepository;
import dev.puck.consumer.database.ResyncLog;
import dev.puck.consumer.projection.Applied;
import dev.puck.consumer.projection.DeadLetter;
import dev.puck.consumer.projection.EventBatch;
import dev.puck.consumer.projection.FencedException;
import dev.puck.consumer.projection.IncomingEvent;
import dev.puck.consumer.projection.PoisonEventException;
import dev.puck.consumer.projection.Replayed;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.retry.TransientException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.stream.IntStream;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class SummaryProjectionIT {
  private static final TopicPartition PARTITION = new TopicPartition("t", 0);

  private final List<DeadLetter> letters = new ArrayList<>();
  private DownstreamDatabase database;
  private Connection connection;
  private SummaryConfig config;

  @BeforeEach
  void open(TestEnvironment environment) throws Exception {
    connection = environment.connect();
    Sql.run(connection, Sql.file("cache/counters.sql"));
    database =
        DownstreamDatabase.open(
            new Postgres(
                new PostgresConfig(environment.url(), environment.user(), null), "puck test"),
            3);
    config =
        new SummaryConfig(
            "counters",
            List.of("t"),
            "twcache.counters",
            Sql.file("summary/counters.sql"),
            null,
            null);
  }

  @AfterEach
  void close() throws Exception {
    database.close();
    connection.close();
  }

  @Test
  void shouldFenceWhoeverDoesNotKnowThatItWasReplaced() throws Exception {
    // Given two that both believe that they own the partition
    SummaryProjection zombie = resumed();
    SummaryProjection successor = resumed();
    EventBatch batch = batch(0, counting(1), counting(2));

    // When
    successor.apply(batch);

    // Then
    assertThatThrownBy(() -> zombie.apply(batch)).isInstanceOf(FencedException.class);
    assertThat(Sql.counters(connection))
        .isEqualTo(Map.of(1L, new Counters(1, 0), 2L, new Counters(1, 0)));
    assertThat(zombie.resume(Set.of(PARTITION), missing -> Map.of()))
        .isEqualTo(Map.of(PARTITION, 2L));
  }

  @Test
  void shouldFenceAgainstATransactionThatCommitsLater() throws Exception {
    // Given
    SummaryProjection slow = resumed();
    connection.setAutoCommit(false);
    Sql.run(connection, "update puck_consumer.subscription_offset set next_offset = 5");

    // When
    CompletableFuture<Applied> applied =
        CompletableFuture.supplyAsync(() -> slow.apply(batch(0, counting(1))));
    awaitLockWait();
    connection.commit();

    // Then
    assertThatThrownBy(applied::join)
        .isInstanceOf(CompletionException.class)
        .hasCauseInstanceOf(FencedException.class);
    assertThat(Sql.counters(connection)).isEmpty();
  }

  private void awaitLockWait() {
    org.awaitility.Awaitility.await()
        .until(() -> Sql.number(connection, "select count(*) from pg_locks where not granted") > 0);
  }

  @Test
  void shouldFindAllPoisonWhereverItIs() throws Exception {
    // Given
    String[] payloads =
        IntStream.range(0, 101)
            .mapToObj(i -> i % 33 == 0 ? "{\"messageid\":\"x" + i + "\"}" : counting(i % 3))
            .toArray(String[]::new);

    // When
    Applied applied = resumed().apply(batch(0, payloads));

    // Then
    assertThat(applied).isEqualTo(new Applied(97, 4));
    assertThat(letters)
        .extracting(letter -> letter.event().record().offset())
        .containsExactly(0L, 33L, 66L, 99L);
    assertThat(letters)
        .allSatisfy(
            letter -> {
              assertThat(letter.reason()).contains("SQLSTATE 22P02");
              assertThat(letter.projection()).isEqualTo("summary/counters");
            });
    assertThat(Sql.number(connection, "select sum(rts) from twcache.counters")).isEqualTo(97);
  }

  @Test
  void shouldFindPoisonThatADeferredConstraintRefuses() throws Exception {
    // Given
    Sql.run(
        connection,
        """
        create table known (messageid bigint primary key);
        insert into known values (1);
        alter table twcache.counters
          add foreign key (messageid) references known deferrable initially deferred
        """);

    // When
    Applied applied = resumed().apply(batch(0, counting(1), counting(2), counting(1)));

    // Then
    assertThat(applied).isEqualTo(new Applied(2, 1));
    assertThat(letters.get(0).reason()).contains("SQLSTATE 23503");
    assertThat(Sql.counters(connection)).isEqualTo(Map.of(1L, new Counters(2, 0)));
  }

  @Test
  void shouldChangeNothingWhenADeadLetterCannotBeKept() throws Exception {
    // Given
    SummaryProjection projection =
        new SummaryProjection(
            config,
            database,
            new OffsetRepository("demo.counters"),
            new ResyncLog("demo.counters"),
            unkept -> {
              throw new TransientException("Kafka is away");
            });
    resume(projection);

    // When, Then
    assertThatThrownBy(() -> projection.apply(batch(0, counting(1), "torn")))
        .isInstanceOf(TransientException.class);
    assertThat(Sql.counters(connection)).isEmpty();
    assertThat(Sql.number(connection, "select next_offset from puck_consumer.subscription_offset"))
        .isZero();
  }

  @Test
  void shouldNotReplayWhileTheTableIsBuiltAnew() throws Exception {
    // Given
    SummaryProjection projection = resumed();
    Sql.run(connection, "alter table twcache.counters add constraint small check (messageid < 5)");
    EventBatch batch = batch(0, counting(7), counting(1));
    projection.apply(batch);
    IncomingEvent event = letters.get(0).event();
    assertThatThrownBy(() -> projection.replay(event))
        .isInstanceOf(PoisonEventException.class)
        .hasMessageContaining("small");
    Sql.run(connection, "alter table twcache.counters drop constraint small");

    // When
    String lock = "(hashtext('puck_consumer.resync'), hashtext('demo.counters'))";
    Sql.run(connection, "select pg_advisory_lock" + lock);

    // Then
    assertThatThrownBy(() -> projection.replay(event)).isInstanceOf(TransientException.class);
    Sql.run(connection, "select pg_advisory_unlock" + lock);
    assertThat(projection.replay(event)).isEqualTo(Replayed.APPLIED);
    assertThat(projection.replay(event)).isEqualTo(Replayed.REPEATED);
    assertThat(projection.replay(batch.events().get(1))).isEqualTo(Replayed.SETTLED);
    assertThat(Sql.counters(connection))
        .isEqualTo(Map.of(1L, new Counters(1, 0), 7L, new Counters(1, 0)));
  }

  private SummaryProjection resumed() {
    SummaryProjection projection =
        new SummaryProjection(
            config,
            database,
            new OffsetRepository("demo.counters"),
            new ResyncLog("demo.counters"),
            letters::addAll);
    resume(projection);
    return projection;
  }

  private static void resume(SummaryProjection projection) {
    projection.resume(Set.of(PARTITION), missing -> Map.of(PARTITION, 0L));
  }

  private static String counting(long messageid) {
    return "{\"messageid\":" + messageid + ",\"rts\":1,\"favs\":0}";
  }

  private static EventBatch batch(long first, String... payloads) {
    List<IncomingEvent> events = new ArrayList<>();
    for (String payload : payloads) {
      events.add(
          new IncomingEvent(
              new ConsumerRecord<>(
                  "t", 0, first + events.size(), null, payload.getBytes(StandardCharsets.UTF_8))));
    }
    return new EventBatch(events, Map.of(PARTITION, first + payloads.length));
  }
}
