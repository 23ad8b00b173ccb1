-- 02_outbox.sql: the transactional outbox.
--
-- Purpose:  what was published or captured, written in the caller's transaction: there if and only
--           if that transaction committed.
-- Objects:  sequences puck.outbox_id, puck.state; tables puck.outbox_0, puck.outbox_1,
--           puck.outbox_2; view puck.outbox
-- Usage:    after 01_schema.sql. May be run again.

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
-- writer adds its row first and reads the mode after that: were it the other way round, the bridge
-- could fall asleep in between and leave the row. A stale table number does no harm: the reader
-- always reads all tables, and a table is only emptied after a look into it (puck.rotate).
create sequence if not exists puck.state as bigint minvalue 0 maxvalue 10 start 0 cache 1;

do $$
begin
  -- A sequence that was never called has no last value.
  if pg_sequence_last_value('puck.state') is null then
    perform setval('puck.state', 0);
  end if;
end
$$;

-- The outbox itself: three tables used in turn. Rows are only added; a table is truncated when the
-- bridge has committed all of it. No row is ever updated or deleted.
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
--
-- Autovacuum has nothing to do here before wraparound nears: rows that only come and go by truncate
-- leave nothing dead but what was rolled back. To give the end of a file back, it would lock writers
-- out.
create table if not exists puck.outbox_0 (
  id          bigint      not null default nextval('puck.outbox_id'),
  xid         xid8        not null default pg_current_xact_id(),
  at          timestamptz not null default clock_timestamp(),
  relid       oid,
  version     integer,
  old_ctid    tid,
  new_ctid    tid,
  kind        "char"      not null,
  op          "char",
  schema_name text,
  name        text        not null,
  key         text,
  old_key     text,
  old_row     json,
  new_row     json,
  payload     text,
  headers     jsonb
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

-- All three, as the reader needs them.
create or replace view puck.outbox as
select * from puck.outbox_0
union all
select * from puck.outbox_1
union all
select * from puck.outbox_2;
