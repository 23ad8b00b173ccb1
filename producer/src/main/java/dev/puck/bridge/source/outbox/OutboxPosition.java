package dev.puck.bridge.source.outbox;

import static java.util.Objects.requireNonNull;

import com.fasterxml.jackson.annotation.JsonProperty;
import dev.puck.bridge.source.Position;
import dev.puck.bridge.source.StartingState;
import dev.puck.event.Snapshot;
import dev.puck.service.config.ConfigException;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * How far an outbox has been read.
 *
 * @param covered sees the transactions all of whose rows have been read
 * @param unfinished the batch after it that is read in parts; null: none
 * @param tables how far the starting state of each watched table has come, by its id
 * @param database whose outbox it is
 */
record OutboxPosition(
    Snapshot covered,
    @Nullable Unfinished unfinished,
    Map<Integer, StartingState> tables,
    DatabaseStamp database) {
  OutboxPosition {
    requireNonNull(database);
    tables = Map.copyOf(tables);
  }

  /**
   * A batch that is too large for one part.
   *
   * @param to sees all of it
   * @param rank of the last row that was read
   * @param through the moment before which everything is covered, until the batch is complete
   */
  record Unfinished(Snapshot to, Rank rank, Instant through) {}

  /** One that covers nothing. */
  static OutboxPosition earliest(DatabaseStamp database) {
    return new OutboxPosition(Snapshot.NOTHING, null, Map.of(), database);
  }

  OutboxPosition at(Snapshot nowCovered, DatabaseStamp now) {
    return new OutboxPosition(nowCovered, null, tables, now);
  }

  OutboxPosition in(DatabaseStamp now) {
    return new OutboxPosition(covered, unfinished, tables, now);
  }

  OutboxPosition within(Unfinished part) {
    return new OutboxPosition(covered, part, tables, database);
  }

  OutboxPosition with(Map<Integer, StartingState> states) {
    return new OutboxPosition(covered, unfinished, states, database);
  }

  /** The same in a database that goes on as {@code now}, and knows no more than that. */
  OutboxPosition from(Snapshot nowCovered, DatabaseStamp now) {
    return new OutboxPosition(nowCovered, unfinished, tables, now);
  }

  /** For those who only keep it. */
  Position toPosition() {
    return Position.of(
        new Wire(
            covered.text(),
            unfinished == null ? null : unfinished.to.text(),
            unfinished == null ? null : unfinished.rank.id(),
            unfinished == null ? null : unfinished.rank.hop(),
            unfinished == null ? null : unfinished.through.toString(),
            new TreeMap<>(tables),
            database));
  }

  /**
   * The position of that text.
   *
   * @throws ConfigException if this version cannot read it
   */
  static OutboxPosition of(Position position) {
    return position.read(
        Wire.class,
        wire ->
            new OutboxPosition(
                Snapshot.parse(wire.covered), wire.unfinished(), wire.tables, wire.database));
  }

  private record Wire(
      @JsonProperty("covered") String covered,
      @JsonProperty("to") @Nullable String to,
      @JsonProperty("last_id") @Nullable Long lastId,
      @JsonProperty("last_hop") @Nullable Integer lastHop,
      @JsonProperty("through") @Nullable String through,
      @JsonProperty("tables") Map<Integer, StartingState> tables,
      @JsonProperty("database") DatabaseStamp database) {
    /** All of it or nothing: a part of it would repeat rows. */
    private @Nullable Unfinished unfinished() {
      if (to == null && lastId == null && lastHop == null && through == null) {
        return null;
      }
      return new Unfinished(
          Snapshot.parse(requireNonNull(to)),
          new Rank(requireNonNull(lastId), requireNonNull(lastHop)),
          Instant.parse(requireNonNull(through)));
    }
  }
}
