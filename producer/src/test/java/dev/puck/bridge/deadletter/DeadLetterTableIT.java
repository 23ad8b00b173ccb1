package dev.puck.bridge.deadletter;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.bridge.publisher.EventHeader;
import dev.puck.bridge.publisher.OutgoingEvent;
import dev.puck.bridge.schema.SchemaInstaller;
import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import dev.puck.event.EventHeaders;
import dev.puck.service.config.ConfigException;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresConfig;
import dev.puck.service.retry.TransientException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class DeadLetterTableIT {
  private static final byte[] BYTES = {0, 1, -1, 'x'};

  private final TestEnvironment environment;
  private final DeadLetterTable table;

  DeadLetterTableIT(TestEnvironment environment) {
    this.environment = environment;
    this.table = new DeadLetterTable(new Postgres(config(environment.url()), "dead letters"));
  }

  @Test
  void shouldKeepAnEventOnceWithAllThatItIs() throws Exception {
    // Given
    install();
    OutgoingEvent event =
        event("o:7", "t", BYTES, BYTES, EventHeader.of("own \"name\"", "é \\n 🧚"));

    // When
    try (table) {
      table.keep(event, "too large");
      table.keep(event, "too large again");
    }

    // Then
    assertThat(
            query(
                """
                select puck_id, bridge, position, topic, encode(key, 'hex'), encode(value, 'hex'),
                       headers ->> 'own "name"', headers ->> 'puck.id', error, replayed_at
                  from puck.dead_letter
                """))
        .containsExactly(
            "[o:7, b, 0001.0002.0003, t, 0001ff78, 0001ff78, é \\n 🧚, o:7, too large, null]");
  }

  @Test
  void shouldKeepWhatHasNeitherKeyNorValue() throws Exception {
    // Given
    install();

    // When
    try (table) {
      table.keep(event("o:7/t", "t", null, null), "too large");
    }

    // Then
    assertThat(query("select puck_id, key, value from puck.dead_letter"))
        .containsExactly("[o:7/t, null, null]");
  }

  @Test
  void shouldConnectAgainWhenItsSessionWasEnded() throws Exception {
    // Given
    install();
    try (table) {
      table.keep(event("o:1", "t", BYTES, BYTES), "too large");

      // When
      query(
          "select pg_terminate_backend(pid, 5000) from pg_stat_activity"
              + " where application_name = 'dead letters' and datname = current_database()");
      table.keep(event("o:2", "t", BYTES, BYTES), "too large");
    }

    // Then
    assertThat(query("select puck_id from puck.dead_letter order by 1"))
        .containsExactly("[o:1]", "[o:2]");
  }

  @Test
  void shouldSayWhatIsMissing() throws Exception {
    try (table) {
      assertThatThrownBy(() -> table.keep(event("o:1", "t", BYTES, BYTES), "too large"))
          .isInstanceOf(ConfigException.class)
          .hasMessageContaining("does not take a dead letter")
          .hasMessageEndingWith("Run puck init, and grant puck_bridge to the bridge's user.");
    }
  }

  @Test
  void shouldFailInPassingWhilePostgresIsAway() {
    // Given
    Postgres away = new Postgres(config("jdbc:postgresql://127.0.0.1:1/none"), "dead letters");

    // When, Then
    try (DeadLetterTable unreachable = new DeadLetterTable(away)) {
      assertThatThrownBy(() -> unreachable.keep(event("o:1", "t", BYTES, BYTES), "too large"))
          .isInstanceOf(TransientException.class);
    }
  }

  @SuppressWarnings("NullAway") // It does not see that an array of a compiled record is nullable.
  private static OutgoingEvent event(
      String id,
      String topic,
      byte @Nullable [] key,
      byte @Nullable [] value,
      EventHeader... more) {
    List<EventHeader> headers = new ArrayList<>(List.of(more));
    headers.add(EventHeader.of(EventHeaders.ID, id));
    headers.add(EventHeader.of(EventHeaders.BRIDGE, "b"));
    headers.add(EventHeader.of(EventHeaders.POSITION, "0001.0002.0003"));
    return new OutgoingEvent(topic, null, key, value, headers, "c");
  }

  private PostgresConfig config(String url) {
    return new PostgresConfig(url, environment.user(), null);
  }

  private void install() throws SQLException {
    try (Connection connection = environment.connect()) {
      new SchemaInstaller(connection).install();
    }
  }

  private List<String> query(String sql) throws SQLException {
    List<String> rows = new ArrayList<>();
    try (Connection connection = environment.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(sql)) {
      while (row.next()) {
        List<String> columns = new ArrayList<>();
        for (int i = 1; i <= row.getMetaData().getColumnCount(); i++) {
          columns.add(String.valueOf(row.getString(i)));
        }
        rows.add(columns.toString());
      }
    }
    return rows;
  }
}
