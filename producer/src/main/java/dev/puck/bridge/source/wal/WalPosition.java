package dev.puck.bridge.source.wal;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.StartingState;
import dev.puck.service.config.ConfigException;
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
    return Position.of(
        new Wire(
            Lsn.text(place.lsn()),
            place.index(),
            through.toString(),
            new TreeMap<>(tables),
            database));
  }

  /**
   * The position of that text.
   *
   * @throws ConfigException if this version cannot read it
   */
  static WalPosition of(Position position) {
    return position.read(
        Wire.class,
        wire ->
            new WalPosition(
                new WalPlace(Lsn.parse(wire.lsn), wire.index),
                Instant.parse(wire.through),
                wire.tables == null ? Map.of() : wire.tables,
                wire.database));
  }

  private record Wire(
      @JsonProperty("lsn") String lsn,
      @JsonProperty("index") long index,
      @JsonProperty("through") String through,
      @JsonProperty("tables") @Nullable Map<String, StartingState> tables,
      @JsonProperty("database") WalDatabase database) {}
}
