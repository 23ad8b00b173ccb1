package dev.puck.bridge.type;

import dev.puck.bridge.type.PostgresType.Attribute;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Reads types from PostgreSQL's catalog. */
final class TypeRepository {
  /** Some types have elements and are no arrays, such as point. */
  private static final String TYPES =
      """
      select t.oid::bigint, t.typname, t.typtype::text, t.typdelim::text, t.typbasetype::bigint,
             t.typtypmod,
             case when t.typcategory = 'A' and t.typtype = 'b' then t.typelem::bigint else 0 end
        from pg_catalog.pg_type as t
       where t.oid = any (?::bigint[]::oid[])
      """;

  private static final String ATTRIBUTES =
      """
      select t.oid::bigint, a.attname, a.atttypid::bigint, a.atttypmod
        from pg_catalog.pg_type as t
        join pg_catalog.pg_attribute as a on a.attrelid = t.typrelid
       where t.oid = any (?::bigint[]::oid[]) and t.typtype = 'c'
         and a.attnum > 0 and not a.attisdropped
       order by a.attnum
      """;

  private static final String LABELS =
      """
      select e.enumtypid::bigint, e.enumlabel
        from pg_catalog.pg_enum as e
       where e.enumtypid = any (?::bigint[]::oid[])
       order by e.enumsortorder
      """;

  private final Connection connection;

  TypeRepository(Connection connection) {
    this.connection = connection;
  }

  /** Those of the types that there are. */
  List<PostgresType> find(Collection<Long> oids) throws SQLException {
    Map<Long, List<Attribute>> attributes = attributes(oids);
    Map<Long, List<String>> labels = labels(oids);
    List<PostgresType> types = new ArrayList<>();
    query(
        TYPES,
        oids,
        row -> {
          long oid = row.getLong(1);
          types.add(
              type(row)
                  .with(
                      attributes.getOrDefault(oid, List.of()),
                      labels.getOrDefault(oid, List.of())));
        });
    return types;
  }

  private static PostgresType type(ResultSet row) throws SQLException {
    return new PostgresType(
        row.getLong(1),
        row.getString(2),
        row.getString(3).charAt(0),
        row.getLong(7),
        row.getString(4).charAt(0),
        row.getLong(5),
        row.getInt(6),
        List.of(),
        List.of());
  }

  private Map<Long, List<Attribute>> attributes(Collection<Long> oids) throws SQLException {
    Map<Long, List<Attribute>> attributes = new HashMap<>();
    query(
        ATTRIBUTES,
        oids,
        row ->
            attributes
                .computeIfAbsent(row.getLong(1), any -> new ArrayList<>())
                .add(new Attribute(row.getString(2), row.getLong(3), row.getInt(4))));
    return attributes;
  }

  private Map<Long, List<String>> labels(Collection<Long> oids) throws SQLException {
    Map<Long, List<String>> labels = new HashMap<>();
    query(
        LABELS,
        oids,
        row ->
            labels.computeIfAbsent(row.getLong(1), any -> new ArrayList<>()).add(row.getString(2)));
    return labels;
  }

  private void query(String sql, Collection<Long> oids, RowReader reader) throws SQLException {
    Array parameter = connection.createArrayOf("int8", oids.toArray());
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      statement.setArray(1, parameter);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          reader.read(rows);
        }
      }
    } finally {
      parameter.free();
    }
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }
}
