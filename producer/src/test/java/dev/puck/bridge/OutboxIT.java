package dev.puck.bridge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.puck.bridge.TopicReader.Event;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What the outbox source makes of what applications do. */
@ExtendWith(PuckExtension.class)
class OutboxIT {
  @Test
  void shouldRelayMessagesAndRows(TestEnvironment environment) throws Exception {
    // Given
    BridgeSetup setup = new BridgeSetup(environment).outbox();
    setup.route("greetings", "greetings", null).table("public.sale", "sale");
    try (Connection connection = environment.connect()) {
      new SchemaInstaller(connection).install();
      run(
          connection,
          "create table sale (id integer primary key, amount numeric)",
          "insert into sale values (0, 9.90)",
          "select puck.watch('sale')");
      try (Bridge bridge = setup.start();
          TopicReader messages = setup.read("greetings");
          TopicReader rows = setup.read("sale")) {
        // When
        assertThat(bridge.status().source()).isEqualTo("outbox");
        run(
            connection,
            "select puck.publish('greetings', 'hello', 'k1', '{\"trace\": \"7\"}')",
            "insert into sale values (1, 10.50)",
            "update sale set amount = 11 where id = 1",
            "update sale set id = 2 where id = 1",
            "delete from sale where id = 2",
            "select puck.publish('greetings', 'bye', 'k1')");

        // Then
        assertThat(messages.awaitMessages(2))
            .extracting(Event::key, Event::value)
            .containsExactly(tuple("k1", "hello"), tuple("k1", "bye"));
        assertThat(messages.messages().get(0).headers().get("trace")).isEqualTo("7");
        List<Event> of1 = withKey(rows.awaitMessages(8), "{\"id\":1}");
        assertThat(of1).hasSize(4);
        assertThat(of1.get(0).value())
            .contains("\"before\":null,\"after\":{\"id\":1,\"amount\":\"10.50\"}");
        assertThat(of1.get(1).value())
            .contains(
                "\"before\":{\"id\":1,\"amount\":\"10.50\"},\"after\":{\"id\":1,\"amount\":\"11\"}");
        assertThat(of1.get(2).value()).contains("\"op\":\"d\"");
        assertThat(of1.get(2).headers().get("__debezium.newkey")).isEqualTo("{\"id\":2}");
        assertThat(of1.get(3).value()).isEqualTo("(tombstone)");
        List<Event> of2 = withKey(rows.messages(), "{\"id\":2}");
        assertThat(of2).extracting(Event::value).last().isEqualTo("(tombstone)");
        assertThat(of2.get(0).headers().get("__debezium.oldkey")).isEqualTo("{\"id\":1}");
        assertThat(withKey(rows.messages(), "{\"id\":0}"))
            .singleElement()
            .extracting(Event::value)
            .asString()
            .contains("\"op\":\"r\"", "\"snapshot\":\"true\"");
      }
    }
  }

  private static List<Event> withKey(List<Event> events, String key) {
    return events.stream().filter(event -> key.equals(event.key())).toList();
  }

  private static void run(Connection connection, String... statements) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      for (String each : statements) {
        statement.execute(each);
      }
    }
  }
}
