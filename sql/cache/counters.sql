-- The table of counters per message, in the downstream database.
--
-- Purpose:  hold how often each message is retweeted and marked as a favourite.
-- Usage:    psql -f this file; harmless to run again.
-- Written:  by the summary's statement, sql/summary/counters.sql.
--
-- A row is updated at every action on its message: the fill factor leaves room for the new version
-- on the same page, which keeps the index out of it (heap-only tuples).

create schema if not exists twcache;

create table if not exists twcache.counters
 (
   messageid  bigint primary key,
   rts        bigint not null,
   favs       bigint not null
 )
 with (fillfactor = 80);
