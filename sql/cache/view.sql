-- view.sql: the counters of each message as a plain view.
--
-- Purpose:  no cache at all: what the others are measured against. Always right, and as slow as the
--           activity is long.
-- Objects:  schema twcache; view twcache.counters_view
-- Columns:  messageid; rts, count of rt minus count of de-rt; favs, count of fav minus count of
--           de-fav. A message without activity has no row.
-- Reads:    tweet.activity
-- Usage:    psql -v ON_ERROR_STOP=1 -f sql/cache/view.sql
--           After sql/tweet/schema.sql. May be run again.

create schema if not exists twcache;

create or replace view twcache.counters_view as
select messageid,
       count(*) filter (where action = 'rt') - count(*) filter (where action = 'de-rt') as rts,
       count(*) filter (where action = 'fav') - count(*) filter (where action = 'de-fav') as favs
  from tweet.activity
 group by messageid;
