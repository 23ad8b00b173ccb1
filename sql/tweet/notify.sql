-- notify.sql: tell listeners of every action on a message.
--
-- Purpose:  each row added to tweet.activity is notified, at commit, as the change that it makes to
--           the message's counters.
-- Objects:  function tweet.notify_activity(); trigger notify_activity on tweet.activity
-- Sends:    channel   tweet.activity (a listener quotes it: listen "tweet.activity")
--           payload   {"messageid":M,"rts":R,"favs":F} where R and F are 1, -1 or 0
-- Usage:    psql -v ON_ERROR_STOP=1 -f sql/tweet/notify.sql
--           After schema.sql. May be run again.
--
-- Mind that PostgreSQL folds equal payloads of one transaction into one: a listener that adds the
-- changes up counts too little. Updates and deletes of activity are not notified.

create or replace function tweet.notify_activity() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  -- Written with format(), since json_build_object() puts blanks around the colons.
  perform pg_notify(
    'tweet.activity',
    format(
      '{"messageid":%s,"rts":%s,"favs":%s}',
      new.messageid,
      case new.action when 'rt' then 1 when 'de-rt' then -1 else 0 end,
      case new.action when 'fav' then 1 when 'de-fav' then -1 else 0 end));
  return null;
end
$$;

create or replace trigger notify_activity
  after insert on tweet.activity
  for each row execute function tweet.notify_activity();
