-- 07_altered.sql: captured rows of a table that is not as it was when it was watched.
--
-- Purpose:  what such rows are, and how the statements that capture know whether they are.
-- Usage:    after 06_image.sql. May be run again.

-- What is captured of a row of a table that is not as its capture was made for, or may not be.
-- Parameters:  source     the row
--              target     the table or partition whose row it is
--              known, left_out, mask, only_known  as of puck.layout
-- Returns:     the row's image, with all settings fixed
create or replace function puck.altered_row(
  source record, target oid, known text[], left_out text[], mask jsonb, only_known boolean)
returns text
language plpgsql
volatile
set search_path = pg_catalog, pg_temp
set bytea_output = 'hex'
set datestyle = 'ISO, YMD'
set extra_float_digits = 1
set intervalstyle = 'iso_8601'
set lc_monetary = 'C'
set timezone = 'UTC'
as $$
begin
  if left_out = '{}' and mask = '{}' and not only_known then
    return source::text;
  end if;
  return puck.image(source::text, layout.places)
    from puck.layout(puck.fields_in(source, target), known, left_out, mask, only_known) as layout;
end
$$;

revoke all on function
  puck.altered_row(record, oid, text[], text[], jsonb, boolean) from public;

-- What puck.capture does not say of such a row: its columns, and those of its key, which are the ones
-- that were known where they are there; otherwise the primary key by the catalog, since the table
-- got one since, or a column of it was renamed.
-- Parameters:  table_fields  the columns of the row before anything is left out
--              target    the table or partition that holds it
--              keys      columns of the primary key, as they were known
--              known, left_out, mask, only_known  as of puck.layout
-- Returns:     fields and key columns; no key columns without primary key
-- Tables:      the catalog only
create or replace function puck.altered_details(
  table_fields puck.field[], target oid, keys text[], known text[], left_out text[], mask jsonb,
  only_known boolean)
returns puck.details
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
  fields constant puck.field[] := (
    select layout.fields
      from puck.layout(table_fields, known, left_out, mask, only_known) as layout);
  names constant text[] := array(
    select f.name from unnest(fields) as f where f.constant is null);
begin
  return row(null, null, null, fields,
    case
      when keys <> '{}' and keys <@ names then keys
      else array(
        select key.name
          from unnest(puck.key_columns(target)) with ordinality as key (name, number)
         where key.name = any (names)
         order by key.number)
    end)::puck.details;
end
$$;

revoke all on function puck.altered_details(
  puck.field[], oid, text[], text[], text[], jsonb, boolean) from public;

-- What is known of a table when a statement is planned, so that it need not be asked for at each row.
-- The functions below are called immutable, which they are not, so that the planner asks them once and
-- keeps the answer with the statement's plan. A constant of type regclass, which the first argument
-- must be, makes PostgreSQL forget the plan when something about the table changes, in all sessions.
-- Writers hold a lock on the table by then, so that nothing changes between the answer and its use.

-- Whether a table still is as its capture was made for: then its rows have the columns that
-- puck.capture says, and no text depends on other settings than the capture fixes.
-- Parameters:  target   the table
--              capture  puck.capture's id, whose table it should be
-- Returns:     false also where it cannot know: in an isolation level that shows the catalog of an
--              earlier time
-- Tables:      reads puck.watched, puck.capture and the catalog
create or replace function puck.is_as_watched(target regclass, capture integer)
returns boolean
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
begin
  return current_setting('transaction_isolation') in ('read committed', 'read uncommitted')
    and puck.looks_as_watched(target, capture);
end
$$;

revoke all on function puck.is_as_watched(regclass, integer) from public;

-- The same in read committed. Volatile, although it changes nothing, so that it looks at the catalog
-- of this moment, and not at that of a query which began before the table was changed.
--
-- The columns of a partition that was attached may be in another order. Attaching it makes a trigger
-- that no session has run, so that its plans are new.
create or replace function puck.looks_as_watched(target regclass, capture integer)
returns boolean
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select from puck.capture as c
      join puck.watched as w on w.id = c.watched_id and w.relation = target
      join pg_class as r on r.oid = target
     where c.id = capture
       and c.table_fields = puck.fields_of(target)
       and not exists (
             select from pg_partition_tree(target) as leaf
              where leaf.isleaf and leaf.relid <> target
                and puck.fields_of(leaf.relid) <> c.table_fields)
       -- A partition may have a primary key that the whole has not.
       and (c.key_columns <> '{}'
            or r.relkind = 'r' and not exists (
                 select from pg_index as i where i.indrelid = target and i.indisprimary)))
$$;

revoke all on function puck.looks_as_watched(regclass, integer) from public;

-- Whether the columns of a table that was altered are known: of one that has partitions they may be
-- others in each, and an isolation level may show those of an earlier time.
create or replace function puck.is_known(target regclass)
returns boolean
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
begin
  return current_setting('transaction_isolation') in ('read committed', 'read uncommitted')
    and puck.looks_known(target);
end
$$;

revoke all on function puck.is_known(regclass) from public;

create or replace function puck.looks_known(target regclass)
returns boolean
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  select exists (
    select from puck.watched as w
      join pg_class as c on c.oid = w.relation
     where w.relation = target and c.relkind = 'r')
$$;

revoke all on function puck.looks_known(regclass) from public;

-- Whether, besides, no text depends on other settings than the capture fixes.
create or replace function puck.is_text_known(target regclass, fixed text[])
returns boolean
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
begin
  return puck.is_known(target) and puck.needs_only(target, fixed);
end
$$;

revoke all on function puck.is_text_known(regclass, text[]) from public;

create or replace function puck.needs_only(target regclass, fixed text[])
returns boolean
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  select puck.text_settings(target) <@ fixed
$$;

revoke all on function puck.needs_only(regclass, text[]) from public;

-- The places of puck.layout, of a table that is known.
create or replace function puck.known_places(
  target regclass, known text[], left_out text[], mask jsonb, only_known boolean)
returns integer[]
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
begin
  return (
    select layout.places
      from puck.layout(puck.fields_now(target), known, left_out, mask, only_known) as layout);
end
$$;

revoke all on function
  puck.known_places(regclass, text[], text[], jsonb, boolean) from public;

-- As puck.fields_of, at this moment.
create or replace function puck.fields_now(target regclass)
returns puck.field[]
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  select puck.fields_of(target)
$$;

revoke all on function puck.fields_now(regclass) from public;

-- The details of a table that is known.
create or replace function puck.known_details(
  target regclass, keys text[], known text[], left_out text[], mask jsonb, only_known boolean)
returns puck.details
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
begin
  return puck.details_now(target, keys, known, left_out, mask, only_known);
end
$$;

revoke all on function puck.known_details(
  regclass, text[], text[], text[], jsonb, boolean) from public;

create or replace function puck.details_now(
  target regclass, keys text[], known text[], left_out text[], mask jsonb, only_known boolean)
returns puck.details
language sql
volatile
set search_path = pg_catalog, pg_temp
as $$
  select puck.altered_details(
    puck.fields_of(target), target, keys, known, left_out, mask, only_known)
$$;

revoke all on function puck.details_now(
  regclass, text[], text[], text[], jsonb, boolean) from public;
