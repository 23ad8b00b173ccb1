package dev.puck.bridge.source.wal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.puck.bridge.source.wal.pgoutput.Tuple;
import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The primary key of a table, as the order in which its rows are read. It is compared by the
 * operators of its index, wherever they are: found by name, those of another type may be taken,
 * which order otherwise.
 *
 * @param parts its columns, in its order; empty: there is none to go on by
 */
record StartingKey(List<Part> parts) {
  private static final String WRONG_VALUE = "22023";
  private static final JsonMapper JSON = JsonMapper.builder().build();
  private static final TypeReference<LinkedHashMap<String, String>> TEXTS =
      new TypeReference<>() {};

  /** A domain may by now refuse values that it had taken, so that its base type is named. */
  private static final String PARTS =
      """
      with recursive part as (
        select k.ordinality as number, a.attname, a.atttypid, a.attcollation, opclass.opcfamily,
               opclass.opcintype
          from pg_catalog.pg_index as i
         cross join unnest(i.indkey::smallint[], i.indclass::oid[])
                 with ordinality as k (attnum, opclass, ordinality)
          join pg_catalog.pg_attribute as a on a.attrelid = i.indrelid and a.attnum = k.attnum
          join pg_catalog.pg_opclass as opclass on opclass.oid = k.opclass
         where i.indrelid = ?::oid and i.indisprimary and i.indisvalid
           and k.ordinality <= i.indnkeyatts
      ),
      base (number, type) as (
        select number, atttypid from part
         union all
        select base.number, t.typbasetype
          from base join pg_catalog.pg_type as t on t.oid = base.type and t.typtype = 'd'
      ),
      comparison as (
        select part.number, op.amopstrategy,
               format('operator(%I.%s)', n.nspname, o.oprname) as operator
          from part
          join pg_catalog.pg_amop as op
            on op.amopfamily = part.opcfamily and op.amoplefttype = part.opcintype
           and op.amoprighttype = part.opcintype
          join pg_catalog.pg_operator as o on o.oid = op.amopopr
          join pg_catalog.pg_namespace as n on n.oid = o.oprnamespace
      )
      select part.attname, format('%I', part.attname), same.operator, greater.operator,
             '::' || format_type(t.oid, -1)
               || coalesce(
                    (select format(' collate %I.%I', cn.nspname, used.collname)
                       from pg_catalog.pg_collation as used
                       join pg_catalog.pg_namespace as cn on cn.oid = used.collnamespace
                      where used.oid = part.attcollation), '')
        from part
        join base on base.number = part.number
        join pg_catalog.pg_type as t on t.oid = base.type and t.typtype <> 'd'
        join comparison as same on same.number = part.number and same.amopstrategy = 3
        join comparison as greater on greater.number = part.number and greater.amopstrategy = 5
       order by part.number
      """;

  StartingKey {
    parts = List.copyOf(parts);
  }

  /**
   * A column of it.
   *
   * @param name as the catalog spells it
   * @param sql as SQL spells it
   * @param same the operator for equal
   * @param greater the operator for greater
   * @param suffix what gives a literal its type and collation
   */
  record Part(String name, String sql, String same, String greater, String suffix) {
    private String compared(String operator, @Nullable String value) {
      String literal = "E'" + String.valueOf(value).replace("\\", "\\\\").replace("'", "''") + "'";
      return sql + ' ' + operator + ' ' + literal + suffix;
    }

    private static Part read(ResultSet row) throws SQLException {
      return new Part(
          row.getString(1), row.getString(2), row.getString(3), row.getString(4), row.getString(5));
    }
  }

  /** That of the table now; without parts where one of them is not published. */
  static StartingKey of(Connection connection, long oid, List<String> published)
      throws SQLException {
    List<Part> parts = Query.list(connection, PARTS, Part::read, Long.toString(oid));
    boolean whole = parts.stream().allMatch(part -> published.contains(part.name()));
    return new StartingKey(whole ? parts : List.of());
  }

  boolean isPresent() {
    return !parts.isEmpty();
  }

  /** The SQL to order by. */
  String order() {
    return parts.stream().map(Part::sql).collect(Collectors.joining(", "));
  }

  /** The text from which {@link #beyond} goes on after that row. */
  String place(Tuple row, List<String> columns) {
    Map<String, @Nullable String> values = new LinkedHashMap<>();
    for (Part part : parts) {
      values.put(part.name(), row.text(columns.indexOf(part.name())));
    }
    try {
      return JSON.writeValueAsString(values);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("Texts cannot fail to become JSON", e);
    }
  }

  /**
   * SQL conditions: a row beyond that place fulfils one of them, and those that fulfil an earlier
   * one come first. Each is one range of the index.
   *
   * @param place null: before all rows
   * @throws SQLException if it is a place by another key, with the SQLSTATE of a wrong value
   */
  List<String> beyond(@Nullable String place) throws SQLException {
    if (place == null) {
      return List.of("true");
    }
    Map<String, String> values = values(place);
    List<String> conditions = new ArrayList<>();
    for (int greater = parts.size() - 1; greater >= 0; greater--) {
      StringBuilder condition = new StringBuilder();
      for (int same = 0; same < greater; same++) {
        Part part = parts.get(same);
        condition.append(part.compared(part.same(), values.get(part.name()))).append(" and ");
      }
      Part last = parts.get(greater);
      conditions.add(
          condition.append(last.compared(last.greater(), values.get(last.name()))).toString());
    }
    return conditions;
  }

  private Map<String, String> values(String place) throws SQLException {
    try {
      Map<String, String> values = JSON.readValue(place, TEXTS);
      if (List.copyOf(values.keySet()).equals(parts.stream().map(Part::name).toList())) {
        return values;
      }
    } catch (JsonProcessingException e) {
      throw new SQLException(place + " is no place in a table", WRONG_VALUE, e);
    }
    throw new SQLException(place + " is a place by another primary key", WRONG_VALUE);
  }
}
