-- 07_key_of.sql: the key of a captured row, by the catalog.
--
-- Purpose:     the primary key where its columns were not known when the table was watched: it got
--              one since, or a column of it was renamed.
-- Parameters:  relation  the table or partition that holds the row
--              image     the row
-- Returns:     JSON object of the primary key's columns as text; null without primary key
-- Tables:      the catalog only

create or replace function puck.key_of(relation oid, image json)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select '{' || string_agg(
           to_json(attribute.attname)::text || ':'
             || coalesce((image -> attribute.attname::text)::text, 'null'),
           ',' order by part.ordinality) || '}'
    from pg_index as index
   cross join unnest(index.indkey::smallint[]) with ordinality as part (attnum, ordinality)
    join pg_attribute as attribute
      on attribute.attrelid = index.indrelid and attribute.attnum = part.attnum
   where index.indrelid = relation and index.indisprimary
     and part.ordinality <= index.indnkeyatts
$$;

revoke all on function puck.key_of(oid, json) from public;

-- The expression for the same, faster where the key's columns are those that were known.
-- Parameters:  watched  the table; image, relation  SQL for what puck.key_of takes
-- Returns:     SQL of type text
create or replace function puck.key_sql(watched puck.watched, image text, relation text)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  -- Null where a column of the key is there no more: then the catalog knows.
  select coalesce(
           'coalesce('
             || string_agg(
                  format('%L || (%s -> %L)::text',
                    case when part.ordinality = 1 then '{' else ',' end
                      || to_json(part.name)::text || ':',
                    image, part.name),
                  ' || ' order by part.ordinality)
             || ' || ''}'', ',
           '(')
           || format('puck.key_of(%s, %s))', relation, image)
    from unnest(watched.key_columns) with ordinality as part (name, ordinality)
$$;

revoke all on function puck.key_sql(puck.watched, text, text) from public;
