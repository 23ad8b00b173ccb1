-- materialized_view.sql: the counters of each message, as they were at the last refresh.
--
-- Purpose:  reads cost as little as of a table, and writers pay nothing; the counters are as old as
--           the last refresh, and each refresh reads all of the activity again.
-- Objects:  schema twcache; materialized view twcache.counters_matview; its unique index
-- Columns:  messageid, rts, favs. A message without activity has no row.
-- Reads:    tweet.activity
-- Usage:    psql -v ON_ERROR_STOP=1 -f sql/cache/materialized_view.sql
--           After sql/tweet/schema.sql. May be run again: what exists is left as it is, and is not
--           refreshed.
--           To refresh: refresh materialized view concurrently twcache.counters_matview;
--           by schedule: consumer.jobs in the configuration.
--
-- Without "concurrently" a refresh locks readers out. With it PostgreSQL compares the new rows with
-- the old ones and changes what differs, for which it needs a unique index on all rows. Two
-- refreshes of one view wait for each other either way.

create schema if not exists twcache;

create materialized view if not exists twcache.counters_matview as
select messageid,
       count(*) filter (where action = 'rt') - count(*) filter (where action = 'de-rt') as rts,
       count(*) filter (where action = 'fav') - count(*) filter (where action = 'de-fav') as favs
  from tweet.activity
 group by messageid;

create unique index if not exists counters_matview_messageid_idx
  on twcache.counters_matview (messageid);
