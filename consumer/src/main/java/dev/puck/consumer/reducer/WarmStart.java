package dev.puck.consumer.reducer;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.consumer.database.DownstreamDatabase;
import dev.puck.consumer.database.OffsetRepository;
import dev.puck.consumer.projection.StalledException;
import dev.puck.service.config.ConfigException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Reads a summary's rows as a cache's values, and on the same snapshot the offsets stored with
 * them: that the two are of one moment is why nothing is counted twice.
 */
public final class WarmStart {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          // A row may have columns, its key among them, that the value does not care for.
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();
  private static final int ROWS_AT_ONCE = 5_000;

  private final DownstreamDatabase database;
  private final OffsetRepository offsets;
  private final String query;

  /** Reads with {@code query}, whose columns are {@code key} and {@code value}. */
  public WarmStart(DownstreamDatabase database, OffsetRepository offsets, String query) {
    this.database = database;
    this.offsets = offsets;
    this.query = "select key::text, value::text from (" + stripped(query) + "\n) as warm";
  }

  /**
   * Asks the database whether it understands the query.
   *
   * @throws ConfigException if it does not
   */
  public void check() {
    try {
      database.inSnapshot(
          "the warm-query",
          connection -> {
            try (PreparedStatement select = connection.prepareStatement(query)) {
              return select.getParameterMetaData();
            }
          });
    } catch (StalledException e) {
      throw new ConfigException(String.valueOf(e.getMessage()), e);
    }
  }

  <V> WarmState<V> read(Class<V> type) {
    return database.inSnapshot(
        "warming a cache",
        connection -> new WarmState<>(values(connection, type), offsets.read(connection)));
  }

  private <V> Map<String, V> values(Connection connection, Class<V> type) throws SQLException {
    Map<String, V> values = new HashMap<>();
    try (PreparedStatement select = connection.prepareStatement(query)) {
      select.setFetchSize(ROWS_AT_ONCE);
      try (ResultSet rows = select.executeQuery()) {
        while (rows.next()) {
          values.put(text(rows, 1), value(text(rows, 2), type));
        }
      }
    }
    return values;
  }

  private static String text(ResultSet rows, int column) throws SQLException {
    @Nullable String text = rows.getString(column);
    if (text == null) {
      throw new StalledException(
          "The warm-query gave a row without "
              + (column == 1 ? "key" : "value")
              + "; leave it out.",
          new NullPointerException());
    }
    return text;
  }

  private static <V> V value(String json, Class<V> type) {
    try {
      return JSON.readValue(json, type);
    } catch (JsonProcessingException e) {
      throw new StalledException(
          "The warm-query gave a value that is no "
              + type.getSimpleName()
              + ": "
              + e.getOriginalMessage(),
          e);
    }
  }

  private static String stripped(String query) {
    return query.strip().replaceFirst(";\\s*$", "");
  }
}
