-- 06_image.sql: a row as it may leave the database.
--
-- Purpose:     leave out and mask columns of a captured row. Fails closed: where a column that was
--              left out or masked is gone, it may live on under a new name, so then only columns
--              that were known are kept, until the table is watched again.
-- Parameters:  raw         the row, by row_to_json(): values keep their very text
--              known       columns there were when the table was watched
--              left_out    columns that must not leave
--              mask        column to null, a constant or {"hash": "sha256"}
--              only_known  whether later columns are left out, too
-- Returns:     the row as JSON object
-- Tables:      reads puck.installation, whose id salts the hashes

create or replace function puck.image(
  raw json, known text[], left_out text[], mask jsonb, only_known boolean)
returns json
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with field as (
    select f.key, f.value, f.ordinality
      from json_each(raw) with ordinality as f
  ),
  named as (
    select only_known or exists (
             select unnest(left_out)
              union all
             select jsonb_object_keys(mask)
             except all
             select field.key from field) as only_those
  )
  select ('{'
           || coalesce(string_agg(
                to_json(field.key)::text || ':'
                  || case
                       when not mask ? field.key then field.value::text
                       when jsonb_typeof(mask -> field.key) = 'object' then
                         case when json_typeof(field.value) = 'null' then 'null'
                              else to_json(encode(sha256(convert_to(
                                     (select installation.id::text from puck.installation)
                                       || (field.value #>> '{}'), 'UTF8')), 'hex'))::text
                         end
                       else (mask -> field.key)::text
                     end,
                ',' order by field.ordinality), '')
           || '}')::json
    from field, named
   where field.key <> all (left_out)
     and (not named.only_those or field.key = any (known))
$$;

revoke all on function puck.image(json, text[], text[], jsonb, boolean) from public;

-- The expression for a row's image under a table's options.
-- Parameters:  watched  the table; source  SQL for the row, as row_to_json() gives it
-- Returns:     SQL of type json
create or replace function puck.image_sql(watched puck.watched, source text)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select case
    when watched.only_columns is null and watched.left_out = '{}' and watched.mask = '{}' then
      source
    else
      format('puck.image(%s, %L, %L, %L, %L)', source, watched.known_columns, watched.left_out,
        watched.mask, watched.only_columns is not null)
    end
$$;

revoke all on function puck.image_sql(puck.watched, text) from public;

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

-- Which of them the JSON of a table's rows depends on, by the types of its columns: on all, where one
-- is not known here. row_to_json() writes dates and times in one way, whatever the date style.
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
           ('date', null), ('time', null), ('timestamp', null), ('timestamptz', 'timezone'),
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

-- A row as JSON with all of them fixed, for a capture that does not fix all.
-- Parameters:  source  the row
-- Returns:     as row_to_json()
create or replace function puck.row_text(source record)
returns json
language plpgsql
stable
set search_path = pg_catalog, pg_temp
set bytea_output = 'hex'
set datestyle = 'ISO, YMD'
set extra_float_digits = 1
set intervalstyle = 'iso_8601'
set lc_monetary = 'C'
set timezone = 'UTC'
as $$
begin
  return row_to_json(source);
end
$$;

revoke all on function puck.row_text(record) from public;

-- Whether a table still is as its capture was made for: then no text depends on other settings than
-- the capture fixes, and the key is found by the columns that were known.
-- Parameters:  target    the table
--              table_id  puck.watched.id, whose table it should be
--              fixed     the settings that the capture fixes
-- Returns:     false also where it cannot know: in an isolation level that shows the catalog of an
--              earlier time
-- Tables:      reads puck.watched and the catalog
--
-- Called immutable, which it is not, so that the planner asks it once and keeps the answer with the
-- statement's plan. A constant of type regclass, which the first argument must be, makes PostgreSQL
-- forget the plan when something about the table changes, in all sessions. Writers hold a lock on
-- the table by then, so that nothing changes between the answer and its use.
create or replace function puck.is_as_watched(target regclass, table_id integer, fixed text[])
returns boolean
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
begin
  return current_setting('transaction_isolation') in ('read committed', 'read uncommitted')
    and puck.looks_as_watched(target, table_id, fixed);
end
$$;

revoke all on function puck.is_as_watched(regclass, integer, text[]) from public;

-- The same in read committed. Volatile, although it changes nothing, so that it looks at the catalog
-- of this moment, and not at that of a query which began before the table was changed.
create or replace function puck.looks_as_watched(target regclass, table_id integer, fixed text[])
returns boolean
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select from puck.watched as w
      join pg_class as c on c.oid = w.relation
     where w.id = table_id and w.relation = target
       and puck.text_settings(target) <@ fixed
       and case
             -- A partition may have a primary key that the whole has not.
             when w.key_columns = '{}' then c.relkind = 'r' and not exists (
               select from pg_index as i where i.indrelid = target and i.indisprimary)
             else w.key_columns <@ array(
               select a.attname::text from pg_attribute as a
                where a.attrelid = target and a.attnum > 0 and not a.attisdropped)
           end)
$$;

revoke all on function puck.looks_as_watched(regclass, integer, text[]) from public;
