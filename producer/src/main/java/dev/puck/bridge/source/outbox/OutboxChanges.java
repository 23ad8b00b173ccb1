package dev.puck.bridge.source.outbox;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.source.Change;
import dev.puck.bridge.source.Message;
import dev.puck.bridge.source.Operation;
import dev.puck.bridge.source.Origin;
import dev.puck.bridge.source.Relation;
import dev.puck.bridge.source.RowChange;
import dev.puck.bridge.source.TransactionEnd;
import dev.puck.bridge.source.Truncate;
import dev.puck.bridge.source.Utf8;
import dev.puck.bridge.source.outbox.ImageMapping.Image;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Turns rows of the outbox into changes. Owned by the reader's thread. */
final class OutboxChanges {
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  /** Enough to tell two installations apart, and short, since every record bears it. */
  private static final int INSTALLATION_CHARS = 8;

  private final String installation;
  private final Map<String, Relation> relations = new HashMap<>();

  OutboxChanges(String installation) {
    this.installation = installation.substring(0, INSTALLATION_CHARS);
  }

  /**
   * The changes of rows in order; what only links others is left out.
   *
   * @param last the ids of those behind which their transaction's end is told
   */
  List<Change> of(List<OutboxRow> rows, Set<Long> last) {
    Map<String, Set<String>> truncated = new HashMap<>();
    List<Change> changes = new ArrayList<>(rows.size());
    for (OutboxRow row : rows) {
      if (row.isMessage()) {
        changes.add(message(row));
      } else if (row.op() == OutboxRow.TRUNCATE) {
        if (!isPartOfWhole(row, truncated)) {
          changes.add(new Truncate(relation(row), partition(row), at(row), origin(row)));
        }
      } else if (row.op() != OutboxRow.LINK) {
        changes.add(rowChange(row));
      }
      if (last.contains(row.id())) {
        changes.add(new TransactionEnd(at(row), origin(row)));
      }
    }
    return changes;
  }

  /** A row that a table had before it was watched. */
  RowChange read(Relation relation, int table, Image image, long number) {
    @Nullable String key = image.key();
    String id = installation + ":s" + table + ':' + (key == null ? "#" + number : key);
    return new RowChange(
        relation,
        Operation.READ,
        key,
        null,
        null,
        image.row(),
        Instant.now(),
        new Origin(id, 0),
        image.schema());
  }

  /**
   * Of a whole table, each partition is truncated too, which says nothing more: that is the first
   * truncate of the partition after the whole one.
   *
   * @param truncated the partitions of which that has come, by transaction and table
   */
  private static boolean isPartOfWhole(OutboxRow row, Map<String, Set<String>> truncated) {
    String table = row.xid() + " " + row.schema() + '.' + row.name();
    @Nullable String partition = partition(row);
    if (partition == null) {
      truncated.put(table, new HashSet<>());
      return false;
    }
    @Nullable Set<String> come = truncated.get(table);
    return come != null && come.add(partition);
  }

  private static @Nullable String partition(OutboxRow truncate) {
    @Nullable Utf8 name = truncate.payload();
    return name == null ? null : name.toString();
  }

  private Message message(OutboxRow row) {
    return new Message(row.name(), row.payload(), row.key(), headers(row), at(row), origin(row));
  }

  private RowChange rowChange(OutboxRow row) {
    return new RowChange(
        relation(row),
        operation(row.op()),
        row.key(),
        row.oldKey(),
        row.oldRow(),
        row.newRow(),
        at(row),
        origin(row),
        row.schemaOfImages());
  }

  private static Operation operation(char op) {
    return switch (op) {
      case OutboxRow.CREATE -> Operation.CREATE;
      case OutboxRow.UPDATE -> Operation.UPDATE;
      case OutboxRow.DELETE -> Operation.DELETE;
      default -> throw new IllegalStateException("The outbox has an operation '" + op + "'");
    };
  }

  private Relation relation(OutboxRow row) {
    String schema = String.valueOf(row.schema());
    return relations.computeIfAbsent(
        schema + '\0' + row.name(), any -> new Relation(schema, row.name()));
  }

  private Origin origin(OutboxRow row) {
    return new Origin(installation + ':' + row.id(), row.xid());
  }

  private static Instant at(OutboxRow row) {
    return Instant.EPOCH.plus(row.atMicros(), ChronoUnit.MICROS);
  }

  private static Map<String, String> headers(OutboxRow row) {
    @Nullable String json = row.headers();
    if (json == null) {
      return Map.of();
    }
    try {
      return JSON.readValue(json, TEXTS);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("puck.publish let headers through that are no texts", e);
    }
  }
}
