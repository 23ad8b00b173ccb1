package dev.puck.lab.own;

import dev.puck.service.connection.Query;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** What there is in a database: tables and their parts, functions, types, by kind and name. */
final class Catalogue {
  private static final String OBJECTS =
      """
      with object (class, id, part) as (
        -- Those of temporary tables stay for the next session, which is PostgreSQL's way.
        select 'pg_namespace'::regclass, oid, 0
          from pg_namespace
         where nspname !~ '^pg_(toast_)?temp_'
        union all
        select 'pg_class'::regclass, oid, 0 from pg_class
        union all
        select 'pg_class'::regclass, attrelid, attnum
          from pg_attribute
          join pg_class on pg_class.oid = attrelid and relkind in ('r', 'p')
         where attnum > 0 and not attisdropped
        union all
        select 'pg_constraint'::regclass, oid, 0 from pg_constraint where conrelid <> 0
        union all
        select 'pg_rewrite'::regclass, oid, 0 from pg_rewrite
        union all
        select 'pg_policy'::regclass, oid, 0 from pg_policy
        union all
        select 'pg_trigger'::regclass, oid, 0 from pg_trigger where not tgisinternal
        union all
        select 'pg_proc'::regclass, oid, 0 from pg_proc
        union all
        select 'pg_type'::regclass, oid, 0 from pg_type where typtype in ('d', 'e', 'r')
        union all
        select 'pg_extension'::regclass, oid, 0 from pg_extension
      )
      select type || ' ' || identity
        from object
       cross join pg_identify_object(class, id, part)
       where id >= 16384
         and (schema is null or (schema !~ '^pg_(toast|temp)' and schema <> 'information_schema'))
         and type not like 'toast%'
      """;

  /** Those that come with what they are a part of. */
  private static final List<String> PARTS = List.of("table column ", "table constraint ", "rule ");

  private Catalogue() {}

  static Set<String> objects(Connection connection) throws SQLException {
    return new TreeSet<>(Query.list(connection, OBJECTS, row -> row.getString(1)));
  }

  /** What is new since then. */
  static Set<String> since(Connection connection, Set<String> before) throws SQLException {
    Set<String> now = objects(connection);
    now.removeAll(before);
    return now;
  }

  /** Whether somebody made it by a statement of its own. */
  static boolean isWhole(String object) {
    return PARTS.stream().noneMatch(object::startsWith);
  }
}
