package dev.puck.bridge.source.outbox;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.source.Position;
import dev.puck.service.config.ConfigException;
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
  private static final JsonMapper JSON =
      JsonMapper.builder()
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .enable(MapperFeature.SORT_PROPERTIES_ALPHABETICALLY)
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  OutboxPosition {
    tables = Map.copyOf(tables);
  }

  /**
   * A batch that is too large for one part.
   *
   * @param to sees all of it
   * @param rank of the last row that was read
   */
  record Unfinished(Snapshot to, Rank rank) {}

  /**
   * How far the starting state of a table has come.
   *
   * @param after the key of the last row that was read; null: none
   * @param done whether all were
   */
  @JsonInclude(JsonInclude.Include.NON_DEFAULT)
  record StartingState(
      @JsonProperty("after") @Nullable String after, @JsonProperty("done") boolean done) {
    static final StartingState DONE = new StartingState(null, true);
  }

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

  OutboxPosition within(Snapshot to, Rank rank) {
    return new OutboxPosition(covered, new Unfinished(to, rank), tables, database);
  }

  OutboxPosition with(Map<Integer, StartingState> states) {
    return new OutboxPosition(covered, unfinished, states, database);
  }

  /** For those who only keep it. */
  Position toPosition() {
    Wire wire =
        new Wire(
            covered.text(),
            unfinished == null ? null : unfinished.to.text(),
            unfinished == null ? null : unfinished.rank.id(),
            unfinished == null ? null : unfinished.rank.hop(),
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
  static OutboxPosition of(Position position) {
    try {
      Wire wire = JSON.readValue(position.text(), Wire.class);
      Snapshot covered = Snapshot.parse(wire.covered);
      @Nullable Unfinished unfinished =
          wire.to == null || wire.lastId == null || wire.lastHop == null
              ? null
              : new Unfinished(Snapshot.parse(wire.to), new Rank(wire.lastId, wire.lastHop));
      return new OutboxPosition(covered, unfinished, wire.tables, wire.database);
    } catch (JsonProcessingException | IllegalArgumentException | NullPointerException e) {
      throw new ConfigException(
          "The checkpoint's position is not one that this version reads: "
              + position.text()
              + ". Begin anew: puck checkpoint reset --from earliest|now.",
          e);
    }
  }

  private record Wire(
      @JsonProperty("covered") String covered,
      @JsonProperty("to") @Nullable String to,
      @JsonProperty("last_id") @Nullable Long lastId,
      @JsonProperty("last_hop") @Nullable Integer lastHop,
      @JsonProperty("tables") Map<Integer, StartingState> tables,
      @JsonProperty("database") DatabaseStamp database) {}
}
