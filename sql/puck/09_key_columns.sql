-- 09_key_columns.sql: what identifies a table's rows.
--
-- Purpose:     the primary key, for those who watch and those who check.
-- Parameters:  target  a table
-- Returns:     the primary key's columns in its order; empty without one
-- Tables:      the catalog only

create or replace function puck.key_columns(target regclass)
returns text[]
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(array_agg(attribute.attname::text order by part.ordinality), '{}')
    from pg_index as index
   cross join unnest(index.indkey::smallint[]) with ordinality as part (attnum, ordinality)
    join pg_attribute as attribute
      on attribute.attrelid = index.indrelid and attribute.attnum = part.attnum
   where index.indrelid = target and index.indisprimary
     and part.ordinality <= index.indnkeyatts
$$;

revoke all on function puck.key_columns(regclass) from public;
