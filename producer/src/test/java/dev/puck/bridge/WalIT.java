package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.bridge.config.OnGap;
import dev.puck.bridge.config.WalConfig;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the WAL source makes of what applications do. */
@ExtendWith(PuckExtension.class)
class WalIT {
  @Test
  void shouldRelayMessagesAndRows(TestEnvironment environment) throws Exception {
    // Given
    try (WalDatabase database = new WalDatabase(environment)) {
      database.run("create table sale (id integer primary key, amount numeric, note text)");
      database.install("sale");
      BridgeSetup setup =
          database.setup().route("greetings", "greetings", null).table("public.sale", "sale");
      try (Bridge bridge = setup.start();
          TopicReader messages = setup.read("greetings");
          TopicReader rows = setup.read("sale")) {
        // When
        assertThat(bridge.status().source()).isEqualTo("wal");
        database.run(
            "select pg_logical_emit_message(true, 'puck:greetings',"
                + " '{\"payload\": \"hello\", \"key\": \"k1\", \"headers\": {\"trace\": \"7\"}}')",
            "insert into sale values (1, 10.50)",
            "select pg_logical_emit_message(true, 'other', 'not ours')",
            "select pg_logical_emit_message(false, 'puck:greetings', 'not transactional')",
            "update sale set amount = 11 where id = 1",
            "update sale set id = 2 where id = 1",
            "delete from sale where id = 2",
            "truncate sale",
            "select pg_logical_emit_message(true, 'puck:greetings',"
                + " '{\"payload\": \"bye\", \"key\": \"k1\"}')");

        // Then
        assertThat(messages.awaitMessages(2))
            .extracting(Event::key, Event::value)
            .containsExactly(tuple("k1", "hello"), tuple("k1", "bye"));
        assertThat(messages.messages().get(0).headers().get("trace")).isEqualTo("7");
        List<Event> of1 = withKey(rows.awaitMessages(10), "{\"id\":1}");
        assertThat(of1).hasSize(4);
        assertThat(of1.get(0).value())
            .contains(
                "\"before\":null,\"after\":{\"id\":1,\"amount\":\"10.50\",\"note\":null}",
                "\"op\":\"c\"")
            .containsPattern("\"lsn\":[1-9]");
        assertThat(of1.get(1).value())
            .contains("\"before\":null,\"after\":{\"id\":1,\"amount\":\"11\",\"note\":null}");
        assertThat(of1.get(1).headers().get("puck.committed"))
            .isEqualTo(of1.get(1).headers().get("puck.at"));
        assertThat(of1.get(2).value()).contains("\"before\":{\"id\":1},", "\"op\":\"d\"");
        assertThat(of1.get(2).headers().get("__debezium.newkey")).isEqualTo("{\"id\":2}");
        assertThat(of1.get(3).value()).isEqualTo("(tombstone)");
        List<Event> of2 = withKey(rows.messages(), "{\"id\":2}");
        assertThat(of2).hasSize(3);
        assertThat(of2.get(0).headers().get("__debezium.oldkey")).isEqualTo("{\"id\":1}");
        assertThat(of2.get(1).value()).contains("\"before\":{\"id\":2},\"after\":null");
        assertThat(of2.get(2).value()).isEqualTo("(tombstone)");
        assertThat(rows.messages())
            .filteredOn(each -> each.headers().get("puck.kind").equals("truncate"))
            .hasSize(3);
      }
    }
  }

  @Test
  void shouldTellTheWholeRowBeforeUnderFull(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      database.run(
          "create table doc (b integer, a integer, body text, n integer, primary key (a, b))",
          "alter table doc replica identity full",
          "alter table doc alter body set storage external",
          "create table plain (id integer primary key, body text, n integer)",
          "alter table plain alter body set storage external");
      database.install("doc", "plain");
      BridgeSetup setup =
          database.setup().table("public.doc", "doc").table("public.plain", "plain");
      try (Bridge bridge = setup.start();
          TopicReader full = setup.read("doc");
          TopicReader plain = setup.read("plain")) {
        // When
        database.run(
            "insert into doc values (2, 1, repeat('x', 4000), 0)",
            "update doc set n = 1",
            "delete from doc",
            "insert into plain values (1, repeat('x', 4000), 0)",
            "update plain set n = 1");

        // Then
        String body = "\"" + "x".repeat(4000) + "\"";
        List<Event> docs = full.awaitMessages(4);
        assertThat(docs).extracting(Event::key).containsOnly("{\"a\":1,\"b\":2}");
        assertThat(docs.get(1).value())
            .contains("\"before\":{\"b\":2,\"a\":1,\"body\":" + body + ",\"n\":0}")
            .contains("\"after\":{\"b\":2,\"a\":1,\"body\":" + body + ",\"n\":1}");
        assertThat(docs.get(2).value())
            .contains("\"before\":{\"b\":2,\"a\":1,\"body\":" + body + ",\"n\":1}");
        assertThat(plain.awaitMessages(2).get(1).value())
            .contains(
                "\"before\":null,\"after\":{\"id\":1,\"body\":\"__debezium_unavailable_value\",\"n\":1}");
        assertThat(database.metric(bridge, "puck_bridge_wal_unavailable_values_total"))
            .isEqualTo(1);
        assertThat(database.metric(bridge, "puck_bridge_wal_status{status=\"reserved\"}"))
            .isEqualTo(1);
        assertThat(database.metric(bridge, "puck_bridge_wal_retained_bytes")).isNotNegative();
      }
    }
  }

  @Test
  void shouldLeaveOutWhatWasRolledBack(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      database.run("create table t (id integer primary key)");
      database.install("t");
      BridgeSetup setup = database.setup().table("public.t", "t");
      try (Bridge bridge = setup.start();
          TopicReader rows = setup.read("t")) {
        // When
        database.run(
            "begin; insert into t values (1); savepoint s; insert into t values (2);"
                + " rollback to s; insert into t values (3); commit",
            "begin; insert into t values (4); rollback",
            "insert into t values (5)");

        // Then
        assertThat(rows.awaitMessages(3))
            .extracting(Event::key)
            .containsExactlyInAnyOrder("{\"id\":1}", "{\"id\":3}", "{\"id\":5}");
        assertThat(bridge.status().source()).isEqualTo("wal");
      }
    }
  }

  @Test
  void shouldMakeADeadLetterOfWhatIsNoFrame(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment)) {
      // Given
      database.install();
      BridgeSetup setup = database.setup().route("orders", "orders", null);
      try (Bridge bridge = setup.start();
          TopicReader messages = setup.read("orders", "orders.dead-letter")) {
        // When
        database.run(
            "select pg_logical_emit_message(true, 'puck:orders', 'no frame')",
            "select pg_logical_emit_message(true, 'puck:orders', '{\"payload\": 1}')",
            "select pg_logical_emit_message(true, 'puck:orders', '{\"key\": \"k\"}')");

        // Then
        List<Event> events = messages.awaitMessages(3);
        assertThat(events)
            .filteredOn(each -> each.topic().endsWith(".dead-letter"))
            .extracting(Event::value)
            .containsExactlyInAnyOrder("no frame", "{\"payload\": 1}");
        assertThat(events).contains(withKey(events, "k").get(0));
        assertThat(withKey(events, "k").get(0).value()).isEqualTo("(tombstone)");
        assertThat(bridge.status().source()).isEqualTo("wal");
      }
    }
  }

  @Test
  void shouldRelayMessagesOutsideOfTransactionsWhereToldTo(TestEnvironment environment)
      throws Exception {
    try (WalDatabase database = new WalDatabase(environment);
        Connection connection = environment.connect()) {
      // Given
      database.run("create table sale (id integer primary key)");
      database.install("sale");
      BridgeSetup setup =
          new BridgeSetup(environment)
              .wal(new WalConfig(database.slot(), "puck", OnGap.STOP, false, false, true))
              .route("orders", "orders", null)
              .partitions(1);
      List<String> expected = new ArrayList<>();

      // When
      for (int run = 0; run < 3; run++) {
        try (Bridge bridge = setup.start()) {
          assertThat(bridge.status().source()).isEqualTo("wal");
          connection.setAutoCommit(false);
          for (int i = 0; i < 20; i++) {
            String name = run + "." + i;
            emit(connection, false, name);
            if (i % 2 == 0) {
              emit(connection, true, name + " rolled back");
              connection.rollback();
              expected.add(name);
            } else {
              emit(connection, true, name + " committed");
              connection.commit();
              expected.addAll(List.of(name, name + " committed"));
            }
          }
        }
      }

      // Then
      try (Bridge bridge = setup.start();
          TopicReader messages = setup.read("orders")) {
        messages.awaitMessages(expected.size());
        assertThat(messages.all()).extracting(Event::value).containsExactlyElementsOf(expected);
        assertThat(bridge.status().gaps()).isZero();
      }
    }
  }

  private static void emit(Connection connection, boolean transactional, String payload)
      throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(
          "select pg_logical_emit_message(%s, 'puck:orders', '{\"payload\": \"%s\"}')"
              .formatted(transactional, payload));
    }
  }

  @Test
  void shouldRelayWhatPublishWrote(TestEnvironment environment) throws Exception {
    try (WalDatabase database = new WalDatabase(environment);
        Connection connection = environment.connect()) {
      // Given
      new SchemaInstaller(connection).install();
      database.run("select puck.publish_to('wal')");
      database.install();
      BridgeSetup setup = database.setup().route("orders", "orders", null).partitions(1);
      try (Bridge bridge = setup.start();
          TopicReader messages = setup.read("orders")) {
        // When
        database.run(
            "begin; select puck.publish('orders', '{\"id\":  1}'::json, 'k', '{\"trace\": \"7\"}');"
                + " savepoint s; select puck.publish('orders', 'taken back'); rollback to s; commit",
            "begin; select puck.publish('orders', 'taken back'); rollback",
            "select puck.publish('orders', E'ü\\n€\\t\"')",
            "select puck.publish('orders', null, 'k')");

        // Then
        messages.awaitMessages(3);
        assertThat(messages.all())
            .extracting(Event::key, Event::value)
            .containsExactly(
                tuple("k", "{\"id\":  1}"), tuple(null, "ü\n€\t\""), tuple("k", "(tombstone)"));
        assertThat(messages.all().get(0).headers().get("trace")).isEqualTo("7");
        assertThat(database.ask("select count(*) from puck.outbox")).isEqualTo("0");
        assertThat(bridge.status().source()).isEqualTo("wal");
      }
    }
  }

  private static List<Event> withKey(List<Event> events, String key) {
    return events.stream().filter(event -> key.equals(event.key())).toList();
  }
}
