package dev.puck.consumer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.embedded.EmbeddedRedis;
import dev.puck.embedded.ServerConfig;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.EventHeaders;
import dev.puck.event.EventPosition;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/** What could not be applied is applied once, when it can be, to the projection that lacks it. */
@ExtendWith(PuckExtension.class)
class ReplayIT {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final String REFUSED = "{\"messageid\":1300,\"rts\":5,\"favs\":0}";

  private static final int LETTERS = 20;

  private Playground playground;

  @BeforeEach
  void open(TestEnvironment environment) throws Exception {
    playground = new Playground(environment, 3);
  }

  @AfterEach
  void close() throws Exception {
    playground.close();
  }

  @Test
  void shouldReplayToTheSummaryAloneAndOnce() throws Exception {
    // Given
    refuse1300();
    playground.send(200);
    playground.send(playground.record(1, "1300", REFUSED));
    playground.send(200);
    try (Projector projector = playground.startAll()) {
      playground.awaitExactTable();
      JsonNode letter = awaitLetters(projector, 1).get(0);
      assertThat(letter.path("projection").asText()).isEqualTo("summary/counters");
      assertThat(letter.path("topic").asText()).isEqualTo(playground.topic);
      assertThat(letter.path("partition").asInt()).isEqualTo(1);
      assertThat(letter.path("value").asText()).isEqualTo(REFUSED);
      assertThat(letter.path("error").path("sqlState").asText()).isEqualTo("23514");
      assertThat(letter.path("error").path("error").asText()).contains("PSQLException");

      // When nothing is mended
      HttpResponse<String> again = replay(projector, letter, "");

      // Then
      assertThat(again.statusCode()).isEqualTo(422);
      assertThat(again.body()).contains("not_1300");
      JsonNode still = awaitLetters(projector, 1).get(0);
      assertThat(still.path("at").asText()).isGreaterThan(letter.path("at").asText());

      // When
      Sql.run(playground.connection, "alter table twcache.counters drop constraint not_1300");
      HttpResponse<String> replayed = replay(projector, letter, "");

      // Then
      assertThat(replayed.body()).contains("\"outcome\":\"applied\"");
      assertThat(playground.table()).containsEntry(1300L, new Counters(5, 0));
      assertThat(projector.reducer("counters").get("1300")).isEqualTo(new Counters(5, 0));

      // And
      assertThat(replay(projector, still, "").statusCode()).isEqualTo(409);
      assertThat(playground.table()).containsEntry(1300L, new Counters(5, 0));
      assertThat(letters(projector, "")).isEmpty();
      assertThat(letters(projector, "?all=true").get(0).path("state").asText())
          .isEqualTo("replayed");
      assertThat(Playground.get(projector, "/metrics").body())
          .contains(
              "puck_consumer_replays_total{kind=\"summary\",outcome=\"applied\",projection=\"counters\"} 1.0",
              "puck_consumer_replays_total{kind=\"summary\",outcome=\"failed\",projection=\"counters\"} 1.0");
      playground.send(100);
      await().untilAsserted(() -> assertThat(playground.table()).containsAllEntriesOf(expected()));
    }
  }

  @Test
  void shouldReplayAllOfAProjectionOnceThroughSeveralProcesses() throws Exception {
    // Given
    refuse1300();
    for (int i = 0; i < LETTERS; i++) {
      playground.send(playground.record(i % 3, "1300", REFUSED));
      playground.send(10);
    }
    try (Projector one = playground.startSummary();
        Projector other = playground.startSummary()) {
      playground.awaitExactTable();
      awaitLetters(one, LETTERS);
      Sql.run(playground.connection, "alter table twcache.counters drop constraint not_1300");

      // When
      String path = "/dead-letters/replay?projection=counters&limit=12";
      List<CompletableFuture<Void>> both = new ArrayList<>();
      for (Projector each : List.of(one, other)) {
        both.add(CompletableFuture.runAsync(() -> post(each, path)));
      }
      both.forEach(CompletableFuture::join);
      post(one, path);

      // Then
      assertThat(playground.table()).containsEntry(1300L, new Counters(LETTERS * 5, 0));
      assertThat(letters(other, "")).isEmpty();

      // And what is not known to be missing is left alone
      Sql.run(playground.connection, "delete from puck_consumer.dead_letter");
      JsonNode settled = letters(one, "?all=true&limit=1").get(0);
      assertThat(settled.path("state").asText()).isEqualTo("settled");
      assertThat(replay(one, settled, "").statusCode()).isEqualTo(409);
    }
  }

  @Test
  void shouldNotCountWhatTheTruthHadSince() throws Exception {
    // Given
    refuse1300();
    Sql.run(playground.connection, "create table truth as table twcache.counters");
    try (Projector projector =
        playground.startWithTruth("select messageid, rts, favs from truth")) {
      Playground.awaitReady(projector);
      playground.send(playground.record(1, "1300", REFUSED));
      JsonNode letter = awaitLetters(projector, 1).get(0);
      Sql.run(playground.connection, "alter table twcache.counters drop constraint not_1300");
      Sql.run(
          playground.connection, "insert into truth (messageid, rts, favs) values (1300, 5, 0)");

      // When
      post(projector, "/resync/counters");
      await()
          .atMost(Playground.PATIENCE)
          .untilAsserted(
              () -> assertThat(playground.table()).containsEntry(1300L, new Counters(5, 0)));
      HttpResponse<String> replayed = replay(projector, letter, "");

      // Then
      assertThat(replayed.body()).contains("\"outcome\":\"covered\"");
      assertThat(playground.table()).containsEntry(1300L, new Counters(5, 0));
      assertThat(replay(projector, letter, "").statusCode()).isEqualTo(409);
    }
  }

  @Test
  void shouldReplayToAReducerUnderTheKeyThatItLacks() throws Exception {
    // Given
    playground.send(100);
    playground.send(playground.record(1, null, REFUSED));
    try (Projector projector = playground.startCache(CounterReducer.class)) {
      JsonNode letter = awaitLetters(projector, 1).get(0);
      assertThat(letter.path("error").path("message").asText()).contains("no key");
      checkShown(projector, letter.path("id").asText());
      assertThat(replay(projector, letter, "").statusCode()).isEqualTo(422);

      // When
      assertThat(replay(projector, letter, "?key=1300").statusCode()).isEqualTo(200);

      // Then
      assertThat(projector.reducer("counters").get("1300")).isEqualTo(new Counters(5, 0));
      assertThat(replay(projector, letter, "?key=1300").statusCode()).isEqualTo(409);
      assertThat(projector.reducer("counters").get("1300")).isEqualTo(new Counters(5, 0));
    }
  }

  @Test
  void shouldReplayToACacheInMemoryAndReplaceNothingNewer() throws Exception {
    try (Projector projector = playground.startMemoryCache()) {
      checkCache(projector);
    }
  }

  @Test
  void shouldReplayToACacheInRedisAndReplaceNothingNewer(@TempDir Path directory) throws Exception {
    try (EmbeddedRedis redis = EmbeddedRedis.startIn(directory, ServerConfig.defaults());
        Projector projector = playground.startRedisCache(redis.url())) {
      checkCache(projector);
    }
  }

  private void checkCache(Projector projector) throws Exception {
    // Given
    String cache = projector.status().projections().get(0).name();
    playground.send(positioned(1, null, "{\"n\":1}"));
    playground.send(positioned(2, null, "{\"n\":2}"));
    playground.send(positioned(3, "new", "{\"n\":3}"));
    playground.send(positioned(4, "broken", "{\"n\":"));
    playground.flush();
    JsonNode letters = awaitLetters(projector, 3);
    assertThat(replay(projector, letters.get(0), "").statusCode()).isEqualTo(422);

    // When
    HttpResponse<String> applied = replay(projector, letters.get(2), "?key=one");
    HttpResponse<String> stale = replay(projector, letters.get(1), "?key=new");

    // Then
    assertThat(applied.body()).contains("\"outcome\":\"applied\"");
    assertThat(Playground.get(projector, "/caches/" + cache + "/one").body())
        .isEqualTo("{\"n\":1}");
    assertThat(stale.body()).contains("\"outcome\":\"stale\"");
    assertThat(Playground.get(projector, "/caches/" + cache + "/new").body())
        .isEqualTo("{\"n\":3}");
    assertThat(replay(projector, letters.get(2), "?key=one").statusCode()).isEqualTo(409);
    assertThat(awaitLetters(projector, 1).get(0).path("key").asText()).isEqualTo("broken");
  }

  private static void checkShown(Projector projector, String id) throws Exception {
    assertThat(Playground.get(projector, "/dead-letters/" + id).body())
        .contains(
            "\"value\":\"" + Base64.getEncoder().encodeToString(Playground.bytes(REFUSED)) + "\"",
            "\"puck.at\":");
    for (String none : List.of(id.replaceFirst("@\\d+", "@77"), "puck.token/0@0", "none")) {
      assertThat(Playground.get(projector, "/dead-letters/" + none).statusCode()).isEqualTo(404);
    }
    assertThat(Playground.get(projector, "/dead-letters?limit=0").statusCode()).isEqualTo(400);
    assertThat(letters(projector, "?projection=elsewhere")).isEmpty();
  }

  private void refuse1300() throws Exception {
    Sql.run(
        playground.connection,
        "alter table twcache.counters add constraint not_1300 check (messageid <> 1300)");
  }

  private Map<Long, Counters> expected() {
    return playground.expected();
  }

  private ProducerRecord<byte[], byte[]> positioned(
      int position, @Nullable String key, String value) {
    ProducerRecord<byte[], byte[]> record = playground.record(0, key, value);
    record
        .headers()
        .add(EventHeaders.POSITION, new EventPosition(1, position, 0).bytes())
        .add(EventHeaders.KIND, "message".getBytes(StandardCharsets.UTF_8));
    return record;
  }

  private static JsonNode awaitLetters(Projector projector, int letters) throws Exception {
    await()
        .atMost(Playground.PATIENCE)
        .untilAsserted(() -> assertThat(letters(projector, "")).hasSize(letters));
    return letters(projector, "");
  }

  private static JsonNode letters(Projector projector, String query) throws Exception {
    HttpResponse<String> answer = Playground.get(projector, "/dead-letters" + query);
    assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    return JSON.readTree(answer.body()).path("deadLetters");
  }

  private static HttpResponse<String> replay(Projector projector, JsonNode letter, String query)
      throws Exception {
    return Playground.post(
        projector, "/dead-letters/" + letter.path("id").asText() + "/replay" + query);
  }

  private static void post(Projector projector, String path) {
    try {
      HttpResponse<String> answer = Playground.post(projector, path);
      assertThat(answer.statusCode()).as(answer.body()).isLessThan(300);
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
  }
}
