package dev.puck.bridge.source.wal;

import dev.puck.bridge.source.Operation;
import dev.puck.bridge.source.Origin;
import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.SourceListener;
import dev.puck.bridge.source.Utf8;
import dev.puck.bridge.source.wal.pgoutput.Delete;
import dev.puck.bridge.source.wal.pgoutput.Insert;
import dev.puck.bridge.source.wal.pgoutput.OldTuple;
import dev.puck.bridge.source.wal.pgoutput.RelationDefinition;
import dev.puck.bridge.source.wal.pgoutput.Tuple;
import dev.puck.bridge.source.wal.pgoutput.Update;
import dev.puck.bridge.type.JsonBuffer;
import dev.puck.bridge.type.MisfitRetry;
import java.nio.charset.StandardCharsets;
import java.sql.SQLException;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Makes row changes of what the stream tells of them. Owned by one thread. */
final class ChangeWriter {
  private static final int CAPACITY = 4096;
  private static final int MAX_KEPT_BYTES = 1 << 20;

  private final TableMappings mappings;
  private final SourceListener listener;
  private final MisfitRetry retry;
  private JsonBuffer json = new JsonBuffer(CAPACITY);

  /** How many values of the last row were not known. */
  private long unavailable;

  ChangeWriter(TableMappings mappings, SourceListener listener) {
    this.mappings = mappings;
    this.retry = new MisfitRetry(mappings::reload);
    this.listener = listener;
  }

  RowChange insert(Insert change, Instant at, Origin origin) throws SQLException {
    return written(
        change.relation(), table -> row(table, Operation.CREATE, null, change.after(), at, origin));
  }

  RowChange update(Update change, Instant at, Origin origin) throws SQLException {
    return written(
        change.relation(),
        table -> row(table, Operation.UPDATE, change.before(), change.after(), at, origin));
  }

  RowChange delete(Delete change, Instant at, Origin origin) throws SQLException {
    return written(
        change.relation(),
        table -> {
          OldTuple before = change.before();
          return new RowChange(
              table.relation(),
              Operation.DELETE,
              key(table, before),
              null,
              before(table, before),
              null,
              at,
              origin,
              table.schema());
        });
  }

  /**
   * A row that a table had before.
   *
   * @param id of the change, by the row's key
   */
  RowChange read(RelationDefinition relation, Tuple row, Instant at, Identity id)
      throws SQLException {
    return written(
        relation,
        table -> {
          @Nullable String key = key(table, row, null);
          Origin origin = new Origin(id.of(key), 0);
          return row(table, Operation.READ, null, row, at, origin);
        });
  }

  private RowChange row(
      TableMapping table,
      Operation operation,
      @Nullable OldTuple before,
      Tuple after,
      Instant at,
      Origin origin) {
    boolean keyChanged = before != null && table.isKeyChanged(before, after);
    // A replica identity with a value out of line is told though it has not changed.
    boolean telling = before != null && (before.whole() || keyChanged);
    json.truncate(0);
    table.writeAfter(after, before, json);
    Utf8 row = Utf8.wrap(json.toByteArray());
    return new RowChange(
        table.relation(),
        operation,
        key(table, after, before),
        keyChanged && before != null ? key(table, before) : null,
        telling && before != null ? before(table, before) : null,
        row,
        at,
        origin,
        table.schema());
  }

  private Utf8 before(TableMapping table, OldTuple before) {
    json.truncate(0);
    table.writeBefore(before, json);
    return Utf8.wrap(json.toByteArray());
  }

  private @Nullable String key(TableMapping table, OldTuple before) {
    return key(table, before.values(), null);
  }

  private @Nullable String key(TableMapping table, Tuple after, @Nullable OldTuple before) {
    if (!table.hasKey()) {
      return null;
    }
    json.truncate(0);
    table.writeKey(after, before, json);
    return new String(json.bytes(), 0, json.size(), StandardCharsets.UTF_8);
  }

  /** Once more with new mappings where a value does not fit its type, which then has changed. */
  private RowChange written(RelationDefinition relation, Writing writing) throws SQLException {
    MisfitRetry.Written<RowChange> written =
        retry.write(
            json,
            () -> {
              TableMapping table = mappings.of(relation);
              unavailable = table.unavailable();
              RowChange change = writing.write(table);
              unavailable = table.unavailable() - unavailable;
              return change;
            });
    if (written.misfits() > 0) {
      listener.misfit(written.misfits());
    }
    if (unavailable > 0) {
      listener.unavailable(unavailable);
    }
    shrink();
    return written.result();
  }

  /** One huge row must not keep its room for ever. */
  private void shrink() {
    if (json.bytes().length > MAX_KEPT_BYTES) {
      json = new JsonBuffer(CAPACITY);
    }
  }

  /** What identifies a change of a row that is read. */
  @FunctionalInterface
  interface Identity {
    String of(@Nullable String key);
  }

  @FunctionalInterface
  private interface Writing {
    RowChange write(TableMapping table);
  }
}
