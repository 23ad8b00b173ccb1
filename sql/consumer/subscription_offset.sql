-- The consumer's offsets, in the database whose tables they belong to.
--
-- Purpose:  create the schema puck_consumer and its tables, or add what an older version lacks;
--           harmless to run again.
-- Needs:    the right to create a schema in this database. Where the consumer's role lacks it, run
--           this once as a role that has it, and grant usage on the schema and select, insert,
--           update and delete on the tables.
-- Usage:    run by the consumer at start if the table is missing; by hand: psql -f this file
--
-- A row says how far one projection has read one partition. Statement and offset are committed in
-- one transaction, and an offset moves only from the value that its writer expects: whoever was
-- replaced and does not know it yet moves nothing.
--
--   projection   the group in Kafka: CONSUMER.SUMMARY
--   next_offset  the first offset that is not in the summary yet
--   source_snapshot  what the truth saw from which the summary was built last, and when: events
--                    that it sees are in the summary, too; null where it was built from events alone
--
-- resync says how often a projection was built anew from the truth:
--
--   begun        the number of the one that was begun last
--   finished     the number of the one that ended well last; null if none did
--   finished_at  when that was
--
-- dead_letter says which events a projection could not apply, and so lacks. A row is written in the
-- transaction in which the offset moves past the event, and a replay is noted in the transaction
-- that applies it.
--
--   record_offset  the offset of the event in its topic and partition
--   set_aside_at   when it could not be applied
--   replayed_at    when it was after all; null if it was not

begin;

-- Two processes may start at once, and "if not exists" alone does not keep them apart.
select pg_advisory_xact_lock(hashtext('puck_consumer'));

create schema if not exists puck_consumer;

create table if not exists puck_consumer.subscription_offset
 (
   projection   text   not null,
   topic        text   not null,
   partition    int    not null,
   next_offset  bigint not null,

   primary key (projection, topic, partition)
 );

alter table puck_consumer.subscription_offset
  add column if not exists source_snapshot text;

create table if not exists puck_consumer.resync
 (
   projection  text        not null primary key,
   begun       bigint      not null,
   finished    bigint,
   finished_at timestamptz
 );

create table if not exists puck_consumer.dead_letter
 (
   projection    text        not null,
   topic         text        not null,
   partition     int         not null,
   record_offset bigint      not null,
   set_aside_at  timestamptz not null default clock_timestamp(),
   replayed_at   timestamptz,

   primary key (projection, topic, partition, record_offset)
 );

commit;
