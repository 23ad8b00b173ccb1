package dev.puck.bridge.source.wal;

import dev.puck.bridge.source.wal.pgoutput.ColumnDefinition;
import dev.puck.bridge.source.wal.pgoutput.RelationDefinition;
import dev.puck.bridge.source.wal.pgoutput.ReplicaIdentity;
import dev.puck.bridge.type.RowMapping;
import dev.puck.bridge.type.TypeCatalog;
import dev.puck.bridge.type.TypedColumn;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The mapping of each relation of a stream, made when it is first needed. Owned by one thread. */
final class TableMappings {
  /** In the order of the key, which is the outbox's, too. */
  private static final String PRIMARY_KEY =
      """
      select a.attname
        from pg_catalog.pg_index as i
       cross join unnest(i.indkey::smallint[]) with ordinality as part (attnum, ordinality)
        join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = part.attnum
       where i.indrelid = ?::oid and i.indisprimary and part.ordinality <= i.indnkeyatts
       order by part.ordinality
      """;

  private final Connection connection;
  private final TypeCatalog types = new TypeCatalog();
  private final Map<Long, TableMapping> mappings = new HashMap<>();
  private @Nullable TableMapping last;

  /**
   * @param connection an ordinary one, to ask the catalog over
   */
  TableMappings(Connection connection) {
    this.connection = connection;
  }

  /** The mapping of a relation as it is defined there. */
  @SuppressWarnings("ReferenceEquality") // Defined again alike, other things may have changed.
  TableMapping of(RelationDefinition relation) throws SQLException {
    @Nullable TableMapping known = last;
    if (known == null || known.definition() != relation) {
      known = mappings.get(relation.oid());
      if (known == null || known.definition() != relation) {
        known = create(relation);
        mappings.put(relation.oid(), known);
      }
      last = known;
    }
    return known;
  }

  /** Asks for all types again: one of them has changed, which the stream does not tell. */
  void reload() {
    types.clear();
    mappings.clear();
    last = null;
  }

  private TableMapping create(RelationDefinition relation) throws SQLException {
    List<ColumnDefinition> columns = relation.columns();
    RowMapping rows =
        types.rows(
            connection,
            columns.stream()
                .map(each -> new TypedColumn(each.name(), each.typeOid(), each.typmod()))
                .toList());
    return new TableMapping(relation, rows, key(relation));
  }

  /**
   * The primary key, if it is what identifies a row before its change, or if all of that is told;
   * otherwise the columns that do. The catalog knows the order of its columns, but is of now: where
   * it does not fit, the stream is right.
   */
  private List<Integer> key(RelationDefinition relation) throws SQLException {
    List<Integer> identity = new ArrayList<>();
    Map<String, Integer> byName = new HashMap<>();
    for (int column = 0; column < relation.columns().size(); column++) {
      ColumnDefinition definition = relation.columns().get(column);
      byName.put(definition.name(), column);
      if (definition.key()) {
        identity.add(column);
      }
    }
    List<Integer> primary = new ArrayList<>();
    for (String name : primaryKey(relation.oid())) {
      @Nullable Integer column = byName.get(name);
      if (column != null) {
        primary.add(column);
      }
    }
    boolean full = relation.replicaIdentity() == ReplicaIdentity.FULL;
    boolean fits = new HashSet<>(primary).equals(new HashSet<>(identity));
    return full || fits ? primary : identity;
  }

  private List<String> primaryKey(long oid) throws SQLException {
    return Query.list(connection, PRIMARY_KEY, row -> row.getString(1), Long.toString(oid));
  }
}
