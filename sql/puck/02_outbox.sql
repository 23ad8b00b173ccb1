-- 02_outbox.sql: the transactional outbox.
--
-- Purpose:  what was published or captured, written in the caller's transaction: there if and only
--           if that transaction committed.
-- Objects:  sequences puck.outbox_id, puck.state; types puck.field, puck.details; tables
--           puck.capture, puck.outbox_0, puck.outbox_1, puck.outbox_2; view puck.outbox
-- Usage:    after 01_schema.sql. May be run again.

do $$
begin
  if exists (
       select from pg_catalog.pg_attribute as a
        where a.attrelid = pg_catalog.to_regclass('puck.outbox_0')
          and a.attname = 'new_row' and a.atttypid = 'pg_catalog.json'::pg_catalog.regtype) then
    raise exception using
      errcode = 'feature_not_supported',
      message = 'The schema puck is version 3 or older, from before the first release',
      hint = 'Once the bridge has published all of it: puck uninstall, puck init, and watch again.';
  end if;
end
$$;

-- One sequence for all three tables. Cache 1: of two changes to one row, the later, which waited for
-- the row's lock, must get the larger id, whichever session makes it.
create sequence if not exists puck.outbox_id as bigint cache 1;

-- What writers must know of the bridge, in one number: 4 * mode + table.
--
--   mode   0  asleep: notify, so that the bridge wakes up
--          1  awake: the bridge polls, nobody notifies
--          2  poll: never notify (wake: poll), for two-phase commit
--   table  0, 1 or 2: the table that writers add to now
--
-- A sequence, since it is read and set outside of transactions and without a lock that lasts. A
-- writer has its transaction id before it reads the mode: by the row's own change, or else since it
-- added to the outbox. Were it the other way round, the bridge could fall asleep in between and leave
-- the row (see puck.sleep). A stale table number does no harm: the reader always reads all tables,
-- and a table is only emptied after a look into it (puck.rotate).
create sequence if not exists puck.state as bigint minvalue 0 maxvalue 10 start 0 cache 1;

do $$
begin
  -- A sequence that was never called has no last value.
  if pg_sequence_last_value('puck.state') is null then
    perform setval('puck.state', 0);
  end if;
end
$$;

-- A column of captured rows: its name, and what its values are.
--
--   type, typmod  as of the table's column; text for a hashed one
--   constant      JSON that stands in its place in every row, which then has no such field; null for
--                 none, and then the type is null
do $$
begin
  if to_regtype('puck.field') is null then
    create type puck.field as (name text, type regtype, typmod integer, constant jsonb);
  end if;
end
$$;

-- What rows were captured as: one row for each version of each watched table, kept for good, since
-- the outbox names it by id.
--
--   watched_id, version      see puck.watched
--   schema_name, table_name  the table's, when it was watched; of a partitioned one the root's
--   key_columns              of the primary key then, empty without one
--   table_fields             all columns that the table had, in order
--   fields                   those that its rows in the outbox have, in order
--   places                   which of the table's columns a captured row has, see puck.image
--   key_pattern              finds the key's fields in a captured row; null without key
create table if not exists puck.capture (
  id           integer generated always as identity primary key,
  watched_id   integer      not null,
  version      integer      not null,
  schema_name  text         not null,
  table_name   text         not null,
  key_columns  text[]       not null,
  table_fields puck.field[] not null,
  fields       puck.field[] not null,
  places       integer[]    not null,
  key_pattern  text,
  unique (watched_id, version)
);

-- The columns of captured rows, as the bridge wants to know them.
-- Parameters:  fields, key_columns  as of puck.capture
-- Returns:     JSON object of fields, whose types are numbers and whose constants are texts, and key
create or replace function puck.shape(fields puck.field[], key_columns text[])
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select json_build_object(
           'fields',
           coalesce(json_agg(json_build_object(
             'name', f.name, 'type', f.type::oid::bigint, 'typmod', f.typmod,
             'constant', f.constant::text)), '[]'),
           'key', key_columns)::text
    from unnest(fields) as f
$$;

revoke all on function puck.shape(puck.field[], text[]) from public;

-- What finds the key's fields in a captured row.
-- Parameters:  fields, key_columns  as of puck.capture
-- Returns:     a regular expression with a group for each, in the order of the row; null without key
create or replace function puck.key_pattern(fields puck.field[], key_columns text[])
returns text
language plpgsql
immutable
set search_path = pg_catalog, pg_temp
as $$
declare
  names constant text[] := array(
    select f.name
      from unnest(fields) with ordinality as f (name, type, typmod, constant, number)
     where f.constant is null
     order by f.number);
  last constant integer := (
    select max(array_position(names, key.name)) from unnest(key_columns) as key (name));
begin
  return '^\(' || string_agg(
           case when f.name = any (key_columns) then '("(?:[^"]|"")*"|[^,")]*)'
                else '(?:"(?:[^"]|"")*"|[^,"]*)'
           end, ',' order by f.number)
    from unnest(names[:last]) with ordinality as f (name, number);
end
$$;

revoke all on function puck.key_pattern(puck.field[], text[]) from public;

-- What most captured rows do not have, in one column: each that a table has costs every transaction
-- that adds to it, also where it is null.
do $$
begin
  if to_regtype('puck.details') is null then
    create type puck.details as (
      name text, key text, headers jsonb, fields puck.field[], key_columns text[]);
  end if;
end
$$;

-- The outbox itself: three tables used in turn. Rows are only added; a table is truncated when the
-- bridge has committed all of it. No row is ever updated or deleted. The view puck.outbox tells what
-- the columns are for; these are only here:
--
--   capture  row: puck.capture's id
--   details  message: name, key and headers; row: its fields and key columns, where they are other
--            than puck.capture has them
--
-- Autovacuum has nothing to do here before wraparound nears: rows that only come and go by truncate
-- leave nothing dead but what was rolled back. To give the end of a file back, it would lock writers
-- out.
create table if not exists puck.outbox_0 (
  id       bigint       not null default nextval('puck.outbox_id'),
  xid      xid8         not null default pg_current_xact_id(),
  at       timestamptz  not null default clock_timestamp(),
  relid    oid,
  capture  integer,
  old_ctid tid,
  new_ctid tid,
  old_row  text,
  new_row  text,
  payload  text,
  details  puck.details
)
with (
  autovacuum_vacuum_insert_threshold = -1,
  autovacuum_analyze_threshold = 2000000000,
  vacuum_truncate = false,
  toast.autovacuum_vacuum_insert_threshold = -1,
  toast.vacuum_truncate = false
);

-- By transaction, since that is what the reader asks for: rows that its position does not cover.
create index if not exists outbox_0_xid_idx on puck.outbox_0 (xid);

create table if not exists puck.outbox_1 (like puck.outbox_0 including all)
with (
  autovacuum_vacuum_insert_threshold = -1,
  autovacuum_analyze_threshold = 2000000000,
  vacuum_truncate = false,
  toast.autovacuum_vacuum_insert_threshold = -1,
  toast.vacuum_truncate = false
);

create table if not exists puck.outbox_2 (like puck.outbox_0 including all)
with (
  autovacuum_vacuum_insert_threshold = -1,
  autovacuum_analyze_threshold = 2000000000,
  vacuum_truncate = false,
  toast.autovacuum_vacuum_insert_threshold = -1,
  toast.vacuum_truncate = false
);

-- All three, with what a row does not say itself. The bridge reads the tables, and does the same at its
-- place (Capture.java).
--
--   id           the row's puck.id; order of capture, not of commit
--   xid          the transaction's 64-bit id: what positions are compared with
--   at           when it happened (clock, not start of transaction)
--   relid        row: oid of the table or partition that holds the row; ctids compare within it
--   version      row: version of the capture, see puck.watched
--   old_ctid     row: where the old version of the row lay, and
--   new_ctid     where the new one lies: an old ctid is another change's new ctid. In one
--                transaction, this chain is the order of the changes to one row.
--   kind         r row, m message
--   op           row: c create, u update, d delete, t truncate; and - for an update that the row
--                filter leaves out, kept as a link of the chain and not to be published
--   schema_name  row: the watched table's schema
--   name         row: the watched table (the root of a partitioned one); message: the channel
--   key          row: the primary key's fields as they are in the row, such as (7); null without
--                primary key; message: as given
--   old_key      row: the key before, where the update changed it
--   old_row      row: before, as PostgreSQL writes a record: (7,"a b",), its columns being fields
--   new_row      row: after, likewise
--   fields       row: the columns of both
--   key_columns  row: the primary key's columns; empty without
--   payload      message: the payload; row: for op t, the partition where only that was truncated
--   headers      message: the caller's, a JSON object of strings
create or replace view puck.outbox as
select o.id, o.xid, o.at, o.relid, c.version, o.old_ctid, o.new_ctid,
       (case when o.capture is null then 'm' else 'r' end)::"char" as kind,
       (case
          when o.capture is null then null
          when o.old_row is null and o.new_row is not null then 'c'
          when o.new_row is not null then 'u'
          when o.old_row is not null then 'd'
          when o.new_ctid is not null then '-'
          else 't'
        end)::"char" as op,
       c.schema_name,
       coalesce(c.table_name, (o.details).name) as name,
       keys.key,
       case when o.old_row is not null then nullif(keys.old_key, keys.key) end as old_key,
       o.old_row, o.new_row,
       coalesce((o.details).fields, c.fields) as fields,
       case when (o.details).fields is not null then (o.details).key_columns else c.key_columns end
         as key_columns,
       o.payload,
       (o.details).headers
  from (select * from puck.outbox_0
         union all
        select * from puck.outbox_1
         union all
        select * from puck.outbox_2) as o
  left join puck.capture as c on c.id = o.capture
 cross join lateral (
         select case
                  when (o.details).fields is not null then
                    puck.key_pattern((o.details).fields, (o.details).key_columns)
                  else c.key_pattern
                end
         offset 0) as of_key (pattern)
 cross join lateral (
         select case
                  when o.capture is null then (o.details).key
                  else '(' || array_to_string(
                    regexp_match(coalesce(o.new_row, o.old_row), of_key.pattern), ',') || ')'
                end,
                case
                  when o.new_row is not null then
                    '(' || array_to_string(regexp_match(o.old_row, of_key.pattern), ',') || ')'
                end) as keys (key, old_key);
