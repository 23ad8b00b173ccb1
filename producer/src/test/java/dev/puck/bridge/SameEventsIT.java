package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.bridge.config.OutboxConfig;
import dev.puck.bridge.config.WakeMode;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.bridge.type.TypeCorpus;
import dev.puck.bridge.type.TypeCorpus.Value;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** A change of a row is the same event, whether it came by the outbox or by the WAL. */
@ExtendWith(PuckExtension.class)
class SameEventsIT {
  private static final OutboxConfig WITHOUT_STARTING_STATE =
      new OutboxConfig(
          WakeMode.NOTIFY,
          Duration.ofMillis(50),
          Duration.ofSeconds(1),
          Duration.ofSeconds(15),
          false,
          false);

  /** Of each type that a key can have, two values. */
  private static final Map<String, List<String>> KEYS =
      new TreeMap<>(
          Map.ofEntries(
              Map.entry("int", List.of("7", "-8")),
              Map.entry("bigint", List.of("9223372036854775807", "0")),
              Map.entry(
                  "uuid",
                  List.of(
                      "'a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11'",
                      "'00000000-0000-0000-0000-000000000000'")),
              Map.entry("text", List.of("''", "E'é \"q\" \\\\ , ( )\\n😀'")),
              Map.entry("char(5)", List.of("'a'", "'b c'")),
              Map.entry("numeric", List.of("10.50", "'NaN'")),
              Map.entry("numeric(9,2)", List.of("1", "-0.01")),
              Map.entry("date", List.of("'2026-01-31'", "'infinity'")),
              Map.entry("timestamp(3)", List.of("'2026-01-31 12:00:00.5'", "'-infinity'")),
              Map.entry("timestamptz", List.of("'2026-01-31 12:00:00+02'", "'infinity'")),
              Map.entry("bytea", List.of("'\\x00ff'", "''")),
              Map.entry("boolean", List.of("true", "false")),
              Map.entry("mood", List.of("'sad'", "'q\"u\\o'")),
              Map.entry("small", List.of("'(1,\"a b\")'", "'(,)'")),
              Map.entry("int[]", List.of("'{1,2}'", "'{}'")),
              Map.entry("interval", List.of("'1 day'", "'2 months'")),
              Map.entry("inet", List.of("'10.0.0.1/8'", "'::1'")),
              Map.entry("milli", List.of("'2026-01-31 12:00'", "'epoch'"))));

  @Test
  void shouldMakeTheSameOfEveryValue(TestEnvironment environment) throws Exception {
    // Given: a column for each type
    List<Value> values = TypeCorpus.values();
    List<String> types = values.stream().map(Value::type).distinct().toList();
    StringBuilder columns = new StringBuilder("id int primary key");
    for (int i = 0; i < types.size(); i++) {
      columns.append(", c").append(i).append(' ').append(types.get(i));
    }
    List<String> changes = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      Value value = values.get(i);
      String column = "c" + types.indexOf(value.type());
      Value next = values.get((i + 1) % values.size());
      String other = (next.type().equals(value.type()) ? next : value).expression();
      changes.add(
          "insert into t (id, %s) values (%d, %s)".formatted(column, i, value.expression()));
      changes.add("update t set %s = %s where id = %d".formatted(column, other, i));
    }
    changes.add("delete from t");

    // When, Then
    List<String> events =
        compare(environment, List.of("t (" + columns + ")"), changes, 4 * values.size());
    assertThat(events).filteredOn(each -> each.contains("\"before\":null")).hasSize(values.size());
  }

  @Test
  void shouldMakeTheSameOfEveryKey(TestEnvironment environment) throws Exception {
    // Given
    List<String> types = List.copyOf(KEYS.keySet());
    List<String> tables = new ArrayList<>();
    List<String> changes = new ArrayList<>();
    for (String type : types) {
      String table = "t" + tables.size();
      String first = KEYS.getOrDefault(type, List.of()).get(0);
      String second = KEYS.getOrDefault(type, List.of()).get(1);
      // In another order than that of the columns.
      tables.add(table + " (b int, v text, k " + type + ", primary key (k, b))");
      changes.add("insert into %s values (1, 'a', %s)".formatted(table, first));
      changes.add("update %s set v = 'b'".formatted(table));
      changes.add("update %s set k = %s".formatted(table, second));
      changes.add("delete from %s".formatted(table));
    }

    // When, Then
    List<String> events = compare(environment, tables, changes, types.size() * 7);
    assertThat(events).anyMatch(each -> each.startsWith("{\"k\":\"10.50\",\"b\":1} | "));
  }

  @Test
  void shouldMakeTheSameOfRowsWithoutKeyAndOfTablesThatChange(TestEnvironment environment)
      throws Exception {
    List<String> changes =
        List.of(
            "insert into t values (1, 'a')",
            "update t set b = null",
            "alter table t add c timestamptz(3) default '2026-01-31 12:00+02'",
            "update t set b = 'b'",
            "alter table t rename a to \"A \"\"é\"\"\"",
            "update t set b = ''",
            "alter table t alter b type jsonb using '{\"a\": [1, null]}'",
            "update t set b = b || '{\"b\": \"\\\"\"}'",
            "begin isolation level serializable; update t set c = null; commit",
            "alter table t drop c",
            "insert into t values (2, 'null')",
            "begin; alter table t add d bytea; insert into t values (3, '1', '\\x00');"
                + " alter table t drop \"A \"\"é\"\"\"; insert into t values ('2', ''); commit");
    compare(environment, List.of("t (a int, b text)"), changes, 9);
  }

  /** Runs the changes while both bridges do; what they made of them, which is the same. */
  private static List<String> compare(
      TestEnvironment environment, List<String> tables, List<String> changes, int records)
      throws Exception {
    try (WalDatabase database = new WalDatabase(environment);
        Connection connection = environment.connect()) {
      new SchemaInstaller(connection).install();
      database.run(TypeCorpus.DEFINITIONS.toArray(String[]::new));
      BridgeSetup byWal = database.setup().partitions(1);
      BridgeSetup byOutbox =
          new BridgeSetup(
                  environment.name() + "_o", environment.url(), environment.bootstrapServers())
              .outbox(WITHOUT_STARTING_STATE)
              .partitions(1);
      List<String> names = new ArrayList<>();
      for (String each : tables) {
        String name = each.substring(0, each.indexOf(' '));
        names.add(name);
        database.run("create table " + each, "select puck.watch('" + name + "')");
        database.run("alter table " + name + " replica identity full");
        byWal.table("public." + name, "t");
        byOutbox.table("public." + name, "t");
      }
      database.install(true, names.toArray(String[]::new));
      try (Bridge wal = byWal.start();
          Bridge outbox = byOutbox.start();
          TopicReader fromWal = byWal.read("t");
          TopicReader fromOutbox = byOutbox.read("t")) {
        assertThat(Stream.of(wal, outbox).map(each -> each.status().source()))
            .containsExactly("wal", "outbox");
        run(connection, changes);
        List<String> expected = told(fromWal.awaitMessages(records));
        List<String> actual = told(fromOutbox.awaitMessages(records));
        assertThat(actual).containsExactlyElementsOf(expected).hasSize(records);
        return actual;
      }
    }
  }

  /** Not in the database's own session: one that has run the captures before the changes. */
  private static void run(Connection connection, List<String> changes) throws SQLException {
    try (var statement = connection.createStatement()) {
      for (String each : changes) {
        statement.execute(each);
      }
    }
  }

  /** Key, row before and after, operation, and headers of changed keys. */
  private static List<String> told(List<Event> events) {
    return events.stream()
        .map(
            each ->
                String.join(
                    " | ",
                    String.valueOf(each.key()),
                    each.value()
                        .replaceAll(",\"source\":\\{.*?},\"op\"", ",\"op\"")
                        .replaceAll(",\"ts_ms\":.*", ""),
                    each.headers().get("__debezium.newkey"),
                    each.headers().get("__debezium.oldkey"),
                    each.headers().get("puck.kind")))
        .toList();
  }
}
