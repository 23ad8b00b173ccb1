package dev.puck.bridge.type;

import static org.assertj.core.api.Assertions.assertThat;

import dev.puck.embedded.junit.PuckExtension;
import dev.puck.embedded.junit.TestEnvironment;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

@ExtendWith(PuckExtension.class)
class TypeCatalogIT {
  private final TypeCatalog catalog = new TypeCatalog();

  @Test
  void shouldTellThatATypeHasChanged(TestEnvironment environment) throws SQLException {
    try (Connection connection = environment.connect();
        Statement statement = connection.createStatement()) {
      // Given
      statement.execute("create type t as (d date)");
      long oid = Long.parseLong(text(statement, "select 't'::regtype::oid"));
      catalog.load(connection, List.of(oid));
      assertThat(fromText(oid, "(1970-01-02)")).hasToString("{\"d\":1}");

      // When
      statement.execute("alter type t add attribute n numeric(9, 2)");
      String text = text(statement, "select ('1970-01-02', 1.5)::t");
      JsonBuffer old = fromText(oid, text);
      catalog.clear();
      catalog.load(connection, List.of(oid));

      // Then
      assertThat(old.misfits()).isOne();
      assertThat(old).hasToString("\"(1970-01-02,1.50)\"");
      assertThat(fromText(oid, text)).hasToString("{\"d\":1,\"n\":\"1.50\"}");
    }
  }

  @Test
  void shouldMapATypeThatIsGoneToItsText(TestEnvironment environment) throws SQLException {
    try (Connection connection = environment.connect();
        Statement statement = connection.createStatement()) {
      // Given
      statement.execute("create type t as (d date)");
      long oid = Long.parseLong(text(statement, "select 't'::regtype::oid"));
      statement.execute("drop type t");

      // When
      catalog.load(connection, List.of(oid, oid + 1));

      // Then
      assertThat(fromText(oid, "(1970-01-02)")).hasToString("\"(1970-01-02)\"");
    }
  }

  @Test
  void shouldKnowTheLabelsOfAnEnumInTheirOrder(TestEnvironment environment) throws SQLException {
    try (Connection connection = environment.connect();
        Statement statement = connection.createStatement()) {
      // Given
      statement.execute("create type mood as enum ('sad', 'happy')");
      statement.execute("alter type mood add value 'ok' before 'happy'");
      long oid = Long.parseLong(text(statement, "select 'mood[]'::regtype::oid"));

      // When
      catalog.load(connection, List.of(oid));

      // Then
      ConnectType element = catalog.mapping(oid, -1).connectType().element();
      assertThat(element).isNotNull();
      assertThat(String.valueOf(element)).contains("io.debezium.data.Enum", "allowed=sad,ok,happy");
    }
  }

  private JsonBuffer fromText(long oid, String value) {
    byte[] text = value.getBytes(StandardCharsets.UTF_8);
    JsonBuffer json = new JsonBuffer(0);
    catalog.mapping(oid, -1).writeText(text, 0, text.length, json);
    return json;
  }

  private static String text(Statement statement, String sql) throws SQLException {
    try (ResultSet row = statement.executeQuery(sql)) {
      row.next();
      return row.getString(1);
    }
  }
}
