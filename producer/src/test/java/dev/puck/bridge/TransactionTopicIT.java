package dev.puck.bridge;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.TopicReader.Event;
import dev.puck.bridge.config.RowFormat;
import dev.puck.bridge.config.SourceType;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.TransactionEvent;
import dev.puck.event.TransactionEvent.DataCollection;
import dev.puck.event.TransactionEvent.Status;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Where transactions begin and end is told once, and fits what came of them. */
@ExtendWith(PuckExtension.class)
class TransactionTopicIT {
  private static final Duration PATIENCE = Duration.ofMinutes(3);
  private static final JsonMapper JSON = JsonMapper.builder().build();

  /** More than the outbox reads at one look. */
  private static final int ROWS = 15_000;

  @ParameterizedTest
  @EnumSource(names = {"OUTBOX", "WAL"})
  void shouldTellOfEachTransactionWithRows(SourceType type, TestEnvironment environment)
      throws Exception {
    try (Application application = new Application(type, environment);
        Connection other = environment.connect();
        Statement alongside = other.createStatement()) {
      // Given
      application.run(
          "create table sale (id integer primary key)", "create table note (id integer, t text)");
      application.capture("sale", "note");
      BridgeSetup setup =
          application.setup().table("public.sale", "rows").transactions("transactions");
      setup.table("public.note", "rows", RowFormat.FLAT).route("c", "c", null);
      try (Bridge bridge = setup.start();
          TopicReader reader = setup.read("rows", "transactions")) {
        // When: two at a time, one that is undone in part, and one without rows
        alongside.execute("begin");
        alongside.execute("insert into sale values (1)");
        application.run(
            "begin; insert into sale values (2); insert into note values (1, 'a'); savepoint s;"
                + " insert into sale values (9); rollback to s; update sale set id = 3 where id = 2;"
                + " select puck.publish('c', 'none of them'); commit");
        alongside.execute("insert into sale values (4)");
        alongside.execute("commit");
        application.run(
            "begin; insert into sale values (8); rollback",
            "select puck.publish('c', 'a message alone')",
            "delete from sale where id = 4",
            "truncate note");

        // Then: the second of them has a changed key, which is a deletion and a creation
        reader.awaitUntil(PATIENCE, read -> ends(read) == 3);
        List<Event> events = reader.all();
        assertThat(new Told(events).counts())
            .containsExactlyInAnyOrder(
                Map.of("public.sale", 2L),
                Map.of("public.sale", 3L, "public.note", 1L),
                Map.of("public.sale", 1L));
        assertThat(bridge.status().deadLetters()).isZero();
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"OUTBOX", "WAL"})
  void shouldCountOnWhereAFailureCut(SourceType type, TestEnvironment environment)
      throws Exception {
    Failures failures = new Failures();
    try (Application application = new Application(type, environment);
        Connection other = environment.connect();
        Statement alongside = other.createStatement()) {
      // Given
      application.run(
          "create table sale (id integer primary key)",
          "create table note (id integer primary key)");
      application.capture("sale", "note");
      BridgeSetup setup =
          application
              .setup()
              .table("public.sale", "rows")
              .table("public.note", "rows")
              .transactions("transactions")
              .queueMaxBytes(1 << 16);

      // When: a transaction in two halves around one that is captured in its midst
      String half = "insert into %s select * from generate_series(%d, %d)";
      alongside.execute("begin");
      alongside.execute(half.formatted("sale", 1, ROWS / 2));
      application.run(half.formatted("note", 1, ROWS / 3));
      alongside.execute(half.formatted("sale", ROWS / 2 + 1, ROWS));
      alongside.execute("commit");
      try (Bridge bridge = Bridge.start(setup.config(), setup.kafka(), failures.hooks());
          TopicReader reader = setup.read("rows", "transactions")) {
        failures.begin();
        if (type == SourceType.WAL) {
          // Its slot was there before the tables had rows; an outbox's backlog is read as it is.
          application.run("insert into note values (0)");
        }
        long ends = type == SourceType.WAL ? 3 : 2;
        reader.awaitUntil(PATIENCE, read -> ends(read) >= ends);

        // Then
        List<Event> events = reader.all();
        assertThat(new Told(events).counts())
            .as("seed %d", failures.seed)
            .contains(Map.of("public.sale", (long) ROWS), Map.of("public.note", ROWS / 3L))
            .hasSize((int) ends);
        assertThat(failures.left()).as("of the failures, seed %d", failures.seed).isLessThan(5);
        assertThat(bridge.status().source()).isEqualTo(type.name().toLowerCase(Locale.ROOT));
      }
    }
  }

  private static long ends(List<Event> events) {
    return events.stream().filter(each -> each.value().contains("\"status\":\"END\"")).count();
  }

  /** What the two kinds of records say of each transaction, which fits. */
  private static final class Told {
    private final Map<String, List<TransactionEvent>> boundaries = new HashMap<>();
    private final Map<String, List<JsonNode>> changes = new HashMap<>();

    Told(List<Event> events) throws Exception {
      Contract contract = new Contract();
      for (Event event : events) {
        if ("transaction".equals(event.headers().get("puck.kind"))) {
          contract.check(event);
          TransactionEvent told =
              TransactionEvent.fromJson(event.value().getBytes(StandardCharsets.UTF_8));
          boundaries.computeIfAbsent(told.id(), any -> new ArrayList<>()).add(told);
          assertThat(event.headers().get("puck.xid")).isEqualTo(told.id());
        } else if (event.value().contains("\"transaction\":{")) {
          contract.check(event);
          JsonNode block = JSON.readTree(event.value()).path("transaction");
          changes.computeIfAbsent(block.path("id").asText(), any -> new ArrayList<>()).add(block);
          assertThat(event.headers().get("puck.xid")).isEqualTo(block.path("id").asText());
        }
      }
      assertThat(changes.keySet()).isSubsetOf(boundaries.keySet());
    }

    /** By table, of each transaction. */
    List<Map<String, Long>> counts() {
      List<Map<String, Long>> counts = new ArrayList<>();
      boundaries.forEach((id, told) -> counts.add(counts(id, told)));
      return counts;
    }

    private Map<String, Long> counts(String id, List<TransactionEvent> told) {
      assertThat(told)
          .as("transaction %s", id)
          .extracting(TransactionEvent::status)
          .containsExactly(Status.BEGIN, Status.END);
      Map<String, Long> tables = new TreeMap<>();
      long sum = 0;
      for (DataCollection each : requireNonNull(told.get(1).dataCollections())) {
        tables.put(each.table(), each.eventCount());
        sum += each.eventCount();
      }
      assertThat(told.get(1).eventCount()).isEqualTo(sum);
      if (!tables.containsKey("public.note") || tables.size() == 1) {
        requireOrder(changes.getOrDefault(id, List.of()), sum);
      }
      return tables;
    }

    /** A flat record has no room for its place. */
    private static void requireOrder(List<JsonNode> blocks, long count) {
      List<Long> all = LongStream.rangeClosed(1, count).boxed().toList();
      for (String order : List.of("total_order", "data_collection_order")) {
        assertThat(blocks.stream().map(each -> each.path(order).asLong()).sorted())
            .containsExactlyElementsOf(all);
      }
    }
  }
}
