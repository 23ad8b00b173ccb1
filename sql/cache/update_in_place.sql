-- update_in_place.sql: the counters as columns of the message, updated with every action.
--
-- Purpose:  the counters are right at every commit and read at no cost; writers of one message wait
--           for one another, since each updates the same row and holds it until its commit.
-- Objects:  schema twcache; function twcache.act(bigint, tweet.action_t); view
--           twcache.counters_in_place
-- Columns:  of the view: messageid, rts, favs
-- Writes:   tweet.activity, tweet.message (columns rts and favs)
-- Usage:    psql -v ON_ERROR_STOP=1 -f sql/cache/update_in_place.sql
--           After sql/tweet/schema.sql. May be run again.
--           Then select twcache.act(3, 'rt') instead of an insert into tweet.activity.
--
-- Only what goes through the function is counted: nothing holds the columns to tweet.activity.

create schema if not exists twcache;

-- act(message, action): does that to the message.
--
--   Raises  foreign_key_violation if there is no such message
--
-- The increment is computed from the row as it is once the lock on it is held, so none is lost at
-- read committed. At repeatable read the later of two writers fails instead (40001) and must try
-- again. The update comes last, so that the lock is held for as short a time as can be.
create or replace function twcache.act(message bigint, action tweet.action_t) returns void
language sql
set search_path = pg_catalog
as $$
  insert into tweet.activity (messageid, action) values (act.message, act.action);

  update tweet.message
     set rts = rts + case act.action when 'rt' then 1 when 'de-rt' then -1 else 0 end,
         favs = favs + case act.action when 'fav' then 1 when 'de-fav' then -1 else 0 end
   where messageid = act.message;
$$;

create or replace view twcache.counters_in_place as
select messageid, rts, favs
  from tweet.message;
