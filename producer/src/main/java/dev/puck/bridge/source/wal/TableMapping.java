package dev.puck.bridge.source.wal;

import dev.puck.bridge.source.Relation;
import dev.puck.bridge.source.RowSchema;
import dev.puck.bridge.source.wal.pgoutput.ColumnDefinition;
import dev.puck.bridge.source.wal.pgoutput.OldTuple;
import dev.puck.bridge.source.wal.pgoutput.RelationDefinition;
import dev.puck.bridge.source.wal.pgoutput.Tuple;
import dev.puck.bridge.type.ConnectJson;
import dev.puck.bridge.type.JsonBuffer;
import dev.puck.bridge.type.RowMapping;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Makes JSON of one relation's tuples, as it is defined at the moment. Owned by one thread. */
final class TableMapping {
  /** As Debezium says that a value is not known. */
  private static final String UNAVAILABLE = "\"__debezium_unavailable_value\"";

  private final RelationDefinition definition;
  private final Relation relation;
  private final RowMapping row;
  private final int[] key;
  private final RowSchema schema;
  private long unavailable;

  /**
   * @param key the columns of the key, in its order; empty: there is none
   */
  TableMapping(RelationDefinition definition, RowMapping row, List<Integer> key) {
    this.definition = definition;
    this.relation = new Relation(definition.schema(), definition.name());
    this.row = row;
    this.key = key.stream().mapToInt(Integer::intValue).toArray();
    this.schema = new RowSchema(ConnectJson.row(row), ConnectJson.key(row, this.key));
  }

  /** What its rows are, to those who read them. */
  RowSchema schema() {
    return schema;
  }

  RelationDefinition definition() {
    return definition;
  }

  Relation relation() {
    return relation;
  }

  boolean hasKey() {
    return key.length > 0;
  }

  /** How many values were not known until now. */
  long unavailable() {
    return unavailable;
  }

  /** Writes a row as it is after its change, with what is known of it before. */
  void writeAfter(Tuple after, @Nullable OldTuple before, JsonBuffer json) {
    json.letter('{');
    for (int column = 0; column < after.size(); column++) {
      writeMember(column, column == 0, json);
      writeAfter(column, after, before, json);
    }
    json.letter('}');
  }

  /** Writes what is told of a row before its change: all of it, or what identifies it. */
  void writeBefore(OldTuple before, JsonBuffer json) {
    json.letter('{');
    boolean first = true;
    for (int column = 0; column < before.values().size(); column++) {
      if (isTold(before, column)) {
        writeMember(column, first, json);
        writeValue(column, before.values(), json);
        first = false;
      }
    }
    json.letter('}');
  }

  /**
   * Writes the key of a row.
   *
   * @param before what may tell what {@code after} does not; null: nothing does
   */
  void writeKey(Tuple after, @Nullable OldTuple before, JsonBuffer json) {
    json.letter('{');
    for (int i = 0; i < key.length; i++) {
      writeMember(key[i], i == 0, json);
      writeAfter(key[i], after, before, json);
    }
    json.letter('}');
  }

  /** Whether the change gave the row another key, as far as that is told. */
  boolean isKeyChanged(OldTuple before, Tuple after) {
    for (int column : key) {
      if (isTold(before, column)
          && !after.isUnchanged(column)
          && !Tuples.isSame(before.values(), after, column)) {
        return true;
      }
    }
    return false;
  }

  private void writeMember(int column, boolean first, JsonBuffer json) {
    if (!first) {
      json.letter(',');
    }
    row.writeName(column, json);
  }

  /** What is stored out of line and has not changed is in the row before, if that is told. */
  private void writeAfter(int column, Tuple after, @Nullable OldTuple before, JsonBuffer json) {
    boolean fromBefore = after.isUnchanged(column) && before != null && isTold(before, column);
    writeValue(column, fromBefore && before != null ? before.values() : after, json);
  }

  private void writeValue(int column, Tuple values, JsonBuffer json) {
    if (values.isNull(column)) {
      json.raw("null");
    } else if (values.isUnchanged(column)) {
      unavailable++;
      json.raw(UNAVAILABLE);
    } else {
      row.writeText(column, values.bytes(), values.offset(column), values.length(column), json);
    }
  }

  private boolean isTold(OldTuple before, int column) {
    ColumnDefinition definitionOf = definition.columns().get(column);
    return before.whole() || definitionOf.key();
  }
}
