-- 06_image.sql: a row as it may leave the database.
--
-- Purpose:  what is captured of a row, which is the text that PostgreSQL itself makes of a record,
--           such as (7,"a b",): columns left out or masked, and which columns these are.
-- Usage:    after 05_publish.sql. May be run again.
--
-- In PL/pgSQL, which keeps plans for the session: where a table was altered, some run at each row.

-- The columns of a table, by the catalog as the caller sees it.
-- Parameters:  target  a table or partition
-- Returns:     in the order in which a row's text has them
create or replace function puck.fields_of(target oid)
returns puck.field[]
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
  return array(
    select row(a.attname, a.atttypid, a.atttypmod, null)::puck.field
      from pg_attribute as a
     where a.attrelid = target and a.attnum > 0 and not a.attisdropped
     order by a.attnum);
end
$$;

revoke all on function puck.fields_of(oid) from public;

-- The columns of a row, by the row itself.
-- Parameters:  source  the row; target  the table or partition whose row it is
-- Returns:     as puck.fields_of, also where the catalog is seen as it was before the table was
--              altered; then only a length or precision may be that of before
create or replace function puck.fields_in(source record, target oid)
returns puck.field[]
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
as $$
declare
  names text[];
  types oid[];
begin
  if current_setting('transaction_isolation') in ('read committed', 'read uncommitted') then
    return puck.fields_of(target);
  end if;
  names := array(select json_object_keys(row_to_json(source)));
  execute (select 'select array[' || string_agg(format('pg_typeof(($1).%I)', name), ', ')
                    || ']::oid[]'
             from unnest(names) as name)
    into types using source;
  return array(
    select row(seen.name, seen.type, coalesce(a.atttypmod, -1), null)::puck.field
      from unnest(names, types) with ordinality as seen (name, type, number)
      left join pg_attribute as a
        on a.attrelid = target and a.attname = seen.name and a.atttypid = seen.type
       and not a.attisdropped
     order by seen.number);
end
$$;

revoke all on function puck.fields_in(record, oid) from public;

-- Which columns of a row leave the database. Fails closed: where a column that was left out or masked
-- is gone, it may live on under a new name, so then only columns that were known are kept, until the
-- table is watched again.
-- Parameters:  table_fields  the row's columns
--              known         columns there were when the table was watched
--              left_out      columns that must not leave
--              mask          column to null, a constant or {"hash": "sha256"}
--              only_known    whether later columns are left out, too
-- Returns:     fields  what is kept, see puck.capture
--              places  the columns to take, see puck.image
create or replace function puck.layout(
  table_fields puck.field[], known text[], left_out text[], mask jsonb, only_known boolean)
returns table (fields puck.field[], places integer[])
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
#variable_conflict use_column
begin
  if left_out = '{}' and mask = '{}' and not only_known then
    fields := table_fields;
    places := array(select generate_series(1, cardinality(table_fields)));
    return next;
    return;
  end if;
  return query
  with field as (
    select f.name, f.type, f.typmod, f.number::integer as number
      from unnest(table_fields) with ordinality as f (name, type, typmod, constant, number)
  ),
  named as (
    select only_known or exists (
             select unnest(left_out)
              union all
             select jsonb_object_keys(mask)
             except all
             select field.name from field) as only_those
  ),
  kept as (
    select field.*, mask -> field.name as rule,
           jsonb_typeof(mask -> field.name) is not distinct from 'object' as hashed
      from field, named
     where field.name <> all (left_out)
       and (not named.only_those or field.name = any (known))
  )
  select coalesce(array_agg(
           case
             when hashed then row(name, 'text'::regtype, -1, null)::puck.field
             when rule is null then row(name, type, typmod, null)::puck.field
             else row(name, null, null, rule)::puck.field
           end order by number), '{}'),
         coalesce(array_agg(case when hashed then -number else number end order by number)
           filter (where hashed or rule is null), '{}')
    from kept;
end
$$;

revoke all on function puck.layout(puck.field[], text[], text[], jsonb, boolean) from public;

-- A row with some of its columns.
-- Parameters:  record  the row as text
--              places  of the columns to take, counted from 1; below zero: its hash, salted by
--                      installation
-- Returns:     the text of a record of these columns, each as it was written in the row
-- Tables:      reads puck.installation
create or replace function puck.image(record text, places integer[])
returns text
language plpgsql
stable strict
set search_path = pg_catalog, pg_temp
as $$
begin
  return '(' || coalesce(string_agg(
           case
             when taken.place > 0 or field.found[1] = '' then field.found[1]
             else encode(sha256(convert_to(
                    (select installation.id::text from puck.installation)
                      || case
                           when left(field.found[1], 1) = '"' then
                             replace(replace(
                               substr(field.found[1], 2, length(field.found[1]) - 2),
                               '""', '"'), E'\\\\', E'\\')
                           else field.found[1]
                         end, 'UTF8')), 'hex')
           end, ',' order by taken.number), '') || ')'
    from unnest(places) with ordinality as taken (place, number)
    join regexp_matches(',' || substr(record, 2, length(record) - 2),
           ',("(?:[^"]|"")*"|[^,"]*)', 'g') with ordinality as field (found, number)
      on field.number = abs(taken.place);
end
$$;

revoke all on function puck.image(text, integer[]) from public;

-- What the text of a value may depend on, and what each of these settings is while a row is captured.
create or replace function puck.fixed_settings()
returns table (setting text, value text)
language sql
immutable
set search_path = pg_catalog, pg_temp
as $$
  values ('bytea_output', 'hex'), ('datestyle', 'ISO, YMD'), ('extra_float_digits', '1'),
         ('intervalstyle', 'iso_8601'), ('lc_monetary', 'C'), ('timezone', 'UTC')
$$;

revoke all on function puck.fixed_settings() from public;

-- Which of them the text of a table's rows depends on, by the types of its columns: on all, where one
-- is not known here.
-- Parameters:  target  the table
-- Returns:     names of settings, of puck.fixed_settings()
-- Tables:      the catalog only
create or replace function puck.text_settings(target regclass)
returns text[]
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with recursive part (type) as (
    select a.atttypid
      from pg_attribute as a
     where a.attrelid = target and a.attnum > 0 and not a.attisdropped
     union
    -- A domain or an array is as what it is made of.
    select case when t.typtype = 'd' then t.typbasetype else t.typelem end
      from part
      join pg_type as t on t.oid = part.type
     where t.typtype = 'd' or t.typsubscript = 'array_subscript_handler'::regproc
  ),
  known (name, setting) as (
    values ('bool', null), ('int2', null), ('int4', null), ('int8', null), ('numeric', null),
           ('text', null), ('varchar', null), ('bpchar', null), ('name', null), ('char', null),
           ('uuid', null), ('json', null), ('jsonb', null), ('oid', null), ('xid8', null),
           ('date', 'datestyle'), ('time', null), ('timestamp', 'datestyle'),
           ('timestamptz', 'datestyle'), ('timestamptz', 'timezone'),
           ('inet', null), ('cidr', null), ('macaddr', null), ('bit', null), ('varbit', null),
           ('float4', 'extra_float_digits'), ('float8', 'extra_float_digits'),
           ('bytea', 'bytea_output'), ('interval', 'intervalstyle'), ('money', 'lc_monetary')
  )
  select coalesce(array_agg(distinct fixed.setting), '{}')
    from part
    join pg_type as t on t.oid = part.type
    left join known on known.name = t.typname and t.typnamespace = 'pg_catalog'::regnamespace
    join puck.fixed_settings() as fixed on known.name is null or known.setting = fixed.setting
   where t.typtype <> 'd' and t.typsubscript <> 'array_subscript_handler'::regproc
$$;

revoke all on function puck.text_settings(regclass) from public;
