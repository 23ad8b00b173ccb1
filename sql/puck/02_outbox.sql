-- 02_outbox.sql: the transactional outbox.
--
-- Purpose:  what was published or captured, written in the caller's transaction: there if and only
--           if that transaction committed.
-- Objects:  sequences puck.outbox_id, puck.state; type puck.details; tables puck.capture,
--           puck.outbox_0, puck.outbox_1, puck.outbox_2; view puck.outbox
-- Usage:    after 01_schema.sql. May be run again.

do $$
begin
  if exists (
       select from pg_catalog.pg_attribute as a
        where a.attrelid = pg_catalog.to_regclass('puck.outbox_0') and a.attname = 'kind') then
    raise exception using
      errcode = 'feature_not_supported',
      message = 'The schema puck is version 2 or older, from before the first release',
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

-- What rows were captured as: one row for each version of each watched table, kept for good, since
-- the outbox names it by id.
--
--   watched_id, version      see puck.watched
--   schema_name, table_name  the table's, when it was watched; of a partitioned one the root's
--   key_columns              of the primary key then, empty without one
create table if not exists puck.capture (
  id          integer generated always as identity primary key,
  watched_id  integer not null,
  version     integer not null,
  schema_name text    not null,
  table_name  text    not null,
  key_columns text[]  not null,
  unique (watched_id, version)
);

-- The key in a row's image, where the columns are known and there.
-- Parameters:  image  the row; columns  of the primary key
-- Returns:     JSON object of these columns, each as it is written in the image; null where one is not
--              there, or without columns
create or replace function puck.keys_in(image json, columns text[])
returns text
language plpgsql
stable strict
set search_path = pg_catalog, pg_temp
as $$
declare
  name text;
  key text;
begin
  foreach name in array columns loop
    key := coalesce(key || ',', '{') || to_json(name)::text || ':' || (image -> name)::text;
    if key is null then
      return null;
    end if;
  end loop;
  return key || '}';
end
$$;

-- The same, made so that PostgreSQL can put it in its caller's place: the view's.
create or replace function puck.key_in(image json, columns text[])
returns text
language sql
stable
return case
  when cardinality(columns) = 1 then
    '{' || to_json(columns[1])::text || ':' || (image -> columns[1])::text || '}'
  else puck.keys_in(image, columns)
  end;

revoke all on function puck.key_in(json, text[]), puck.keys_in(json, text[]) from public;

-- What most captured rows do not have, in one column: each that a table has costs every transaction
-- that adds to it, also where it is null.
do $$
begin
  if to_regtype('puck.details') is null then
    create type puck.details as (name text, key text, old_key text, headers jsonb);
  end if;
end
$$;

-- The outbox itself: three tables used in turn. Rows are only added; a table is truncated when the
-- bridge has committed all of it. No row is ever updated or deleted. The view puck.outbox tells what
-- the columns are for; these are only here:
--
--   capture  row: puck.capture's id
--   details  message: name, key and headers; row: the keys, where they are not to be found by
--            puck.capture in the row itself
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
  old_row  json,
  new_row  json,
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
--   key          row: the primary key as JSON object, null without primary key; message: as given
--   old_key      row: the key before, where the update changed it
--   old_row      row: before
--   new_row      row: after
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
       o.old_row, o.new_row, o.payload,
       (o.details).headers
  from (select * from puck.outbox_0
         union all
        select * from puck.outbox_1
         union all
        select * from puck.outbox_2) as o
  left join puck.capture as c on c.id = o.capture
 cross join lateral (
         select case
                  when o.details is distinct from null then (o.details).key
                  else puck.key_in(coalesce(o.new_row, o.old_row), c.key_columns)
                end,
                case
                  when o.details is distinct from null then (o.details).old_key
                  when o.new_row is not null then puck.key_in(o.old_row, c.key_columns)
                end) as keys (key, old_key);
