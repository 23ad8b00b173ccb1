package dev.puck.bridge.deadletter;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.publisher.EventHeader;
import dev.puck.service.connection.Postgres;
import dev.puck.service.connection.PostgresFailure;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Dead letters in PostgreSQL, of which Kafka would not take the event: {@code puck.dead_letter}.
 */
final class LetterTable {
  static final String REFERENCE = "puck.dead_letter/";

  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  private final Postgres postgres;

  LetterTable(Postgres postgres) {
    this.postgres = postgres;
  }

  /** All letters, oldest first; none where the schema puck is not installed. */
  List<StoredDeadLetter> list() {
    try (Connection connection = postgres.connect()) {
      boolean installed =
          Query.one(
              connection,
              "select to_regclass('puck.dead_letter') is not null",
              row -> row.getBoolean(1));
      return installed
          ? Query.list(
              connection, "select * from puck.dead_letter order by at", LetterTable::letter)
          : List.of();
    } catch (SQLException e) {
      throw PostgresFailure.working(postgres.config(), "reading dead letters", e);
    }
  }

  /** It was published after all. */
  void markReplayed(StoredDeadLetter letter) {
    try (Connection connection = postgres.connect()) {
      Query.list(
          connection,
          "update puck.dead_letter set replayed_at = clock_timestamp() where puck_id = ?"
              + " returning puck_id",
          row -> row.getString(1),
          letter.reference().substring(REFERENCE.length()));
    } catch (SQLException e) {
      throw PostgresFailure.working(postgres.config(), "noting a replay", e);
    }
  }

  private static StoredDeadLetter letter(ResultSet row) throws SQLException {
    return new StoredDeadLetter(
        REFERENCE + row.getString("puck_id"),
        row.getString("topic"),
        row.getString("error"),
        row.getBytes("key"),
        row.getBytes("value"),
        headers(row.getString("headers")),
        row.getObject("at", OffsetDateTime.class).toInstant(),
        null,
        row.getObject("replayed_at") != null);
  }

  private static List<EventHeader> headers(@Nullable String json) {
    if (json == null) {
      return List.of();
    }
    try {
      return JSON.readValue(json, TEXTS).entrySet().stream()
          .map(each -> EventHeader.of(each.getKey(), each.getValue()))
          .toList();
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("puck.dead_letter has headers that are no texts: " + json, e);
    }
  }
}
