package dev.puck.bridge.schema;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.sql.Connection;
import java.sql.SQLException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@ExtendWith(PuckExtension.class)
class PublishIT {
  private final Connection connection;

  PublishIT(TestEnvironment environment) throws SQLException {
    this.connection = environment.connect();
  }

  @BeforeEach
  void install() throws SQLException {
    new SchemaInstaller(connection).install();
  }

  @AfterEach
  void disconnect() throws SQLException {
    connection.close();
  }

  @Test
  void shouldKeepThePayloadAsItIsGiven() throws SQLException {
    // When
    Sql.run(connection, "select puck.publish('c', 'plain text')");
    Sql.run(connection, "select puck.publish('c', '{\"a\":  1.00}'::json, 'k')");
    Sql.run(
        connection,
        "select puck.publish('c', '{\"a\":  1.00}'::jsonb, headers => '{\"h\":\"v\"}')");
    Sql.run(connection, "select puck.publish('c', null, 'k')");

    // Then
    assertThat(
            Sql.column(
                connection,
                """
                select concat_ws('|', name, coalesce(payload, 'null'), key, headers)
                  from puck.outbox order by id
                """))
        .containsExactly(
            "c|plain text", "c|{\"a\":  1.00}|k", "c|{\"a\": 1.00}|{\"h\": \"v\"}", "c|null|k");
  }

  @Test
  void shouldWriteToWhereItWasToldTo() throws SQLException {
    assertThat(rowsPublishedTo("outbox")).isOne();
    assertThat(rowsPublishedTo("wal")).isZero();
    assertThat(rowsPublishedTo("both")).isOne();

    // When
    new SchemaInstaller(connection).install();

    // Then
    assertThat(Sql.text(connection, "select puck.publishes_to()")).isEqualTo("both");
    assertThatThrownBy(() -> Sql.run(connection, "select puck.publish_to('kafka')"))
        .hasMessageContaining("target is 'kafka'")
        .hasMessageContaining("Give outbox, wal or both");
  }

  /** In a session that has published before, and has plans of that. */
  private int rowsPublishedTo(String target) throws SQLException {
    Sql.run(connection, "select puck.publish_to('" + target + "')");
    int before = Sql.column(connection, "select id from puck.outbox").size();
    boolean told = Sql.text(connection, "select puck.publish('c', 'x') is not null").equals("t");
    int rows = Sql.column(connection, "select id from puck.outbox").size() - before;
    assertThat(told).isEqualTo(rows == 1);
    return rows;
  }

  @Test
  void shouldReturnThePuckId() throws SQLException {
    // When
    String id = Sql.text(connection, "select puck.publish('c', 'x')");

    // Then
    assertThat(Sql.column(connection, "select id from puck.outbox")).containsExactly(id);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          '', 'x'                                  | channel is ''
          null, 'x'                                | channel is null
          repeat('é', 32), 'x'                     | A channel has 1 to 63 bytes
          E'a\\nb', 'x'                            | no control characters
          'puck_wake', 'x'                         | is Puck's own
          'c', null                                | payload and key are both null
          'c', 'x', headers => '["a"]'             | headers are a JSON array
          'c', 'x', headers => '{"a": 1}'          | Values must be strings
          'c', 'x', headers => '{"puck.id": "1"}'  | must not start with "puck."
          """)
  void shouldRefuseWhatCannotBeMeant(String arguments, String reason) {
    assertThatThrownBy(() -> Sql.run(connection, "select puck.publish(" + arguments + ")"))
        .hasMessageContaining(reason);
  }
}
