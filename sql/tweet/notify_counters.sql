-- notify_counters.sql: tell listeners of every change of a message's counters.
--
-- Purpose:  for caches of the latest counters by message, where they are kept in place
--           (sql/cache/update_in_place.sql).
-- Objects:  function tweet.notify_counters(); trigger notify_counters on tweet.message
-- Sends:    channel   tweet.counters (a listener quotes it: listen "tweet.counters")
--           payload   {"messageid":M,"rts":R,"favs":F}, what the counters are now
-- Usage:    psql -v ON_ERROR_STOP=1 -f sql/tweet/notify_counters.sql
--           After schema.sql. May be run again.
--
-- Who does not listen at the commit never hears of it.

create or replace function tweet.notify_counters() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  perform pg_notify(
    'tweet.counters',
    format('{"messageid":%s,"rts":%s,"favs":%s}', new.messageid, new.rts, new.favs));
  return null;
end
$$;

create or replace trigger notify_counters
  after update of rts, favs on tweet.message
  for each row execute function tweet.notify_counters();
