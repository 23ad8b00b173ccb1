package dev.puck.bridge.source.wal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.StartingState;
import dev.puck.service.config.ConfigException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far the WAL has been read.
 *
 * @param place in the stream of changes
 * @param through what was committed before this moment was read
 * @param tables how far the starting state of each published table has come, by {@link
 *     StartingTable#id}
 * @param database whose WAL it is
 */
record WalPosition(
    WalPlace place, Instant through, Map<String, StartingState> tables, WalDatabase database) {
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .build();

  WalPosition {
    requireNonNull(database);
    tables = Map.copyOf(tables);
  }

  /** One whose tables' starting states are all to come. */
  static WalPosition beginning(long lsn, WalDatabase database) {
    return new WalPosition(WalPlace.at(lsn), Instant.now(), Map.of(), database);
  }

  WalPosition at(WalPlace nowThere, Instant nowThrough) {
    return new WalPosition(nowThere, nowThrough, tables, database);
  }

  WalPosition in(WalDatabase now) {
    return new WalPosition(place, through, tables, now);
  }

  WalPosition with(Map<String, StartingState> states) {
    return new WalPosition(place, through, states, database);
  }

  /** For those who only keep it. */
  Position toPosition() {
    Wire wire =
        new Wire(
            Lsn.text(place.lsn()),
            place.index(),
            through.toString(),
            new TreeMap<>(tables),
            database);
    try {
      return new Position(JSON.writeValueAsString(wire));
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("A position of texts cannot fail to become JSON", e);
    }
  }

  /**
   * The position of that text.
   *
   * @throws ConfigException if this version cannot read it
   */
  static WalPosition of(Position position) {
    try {
      Wire wire = JSON.readValue(position.text(), Wire.class);
      return new WalPosition(
          new WalPlace(Lsn.parse(wire.lsn), wire.index),
          Instant.parse(wire.through),
          wire.tables == null ? Map.of() : wire.tables,
          wire.database);
    } catch (JsonProcessingException
        | IllegalArgumentException
        | DateTimeException
        | NullPointerException e) {
      throw position.unreadable(e);
    }
  }

  private record Wire(
      @JsonProperty("lsn") String lsn,
      @JsonProperty("index") long index,
      @JsonProperty("through") String through,
      @JsonProperty("tables") @Nullable Map<String, StartingState> tables,
      @JsonProperty("database") WalDatabase database) {}
}
