-- publish.sql: publish every action on a message through the outbox.
--
-- Purpose:  each row added to tweet.activity is published, with its transaction, as the change that
--           it makes to the message's counters. Unlike notify.sql, nothing is lost while nobody
--           listens, and equal changes of one transaction are not folded into one.
-- Objects:  function tweet.publish_activity(); trigger publish_activity on tweet.activity
-- Sends:    channel   tweet.activity
--           key       the message's id
--           payload   {"messageid":M,"rts":R,"favs":F} where R and F are 1, -1 or 0
-- Usage:    psql -v ON_ERROR_STOP=1 -f sql/tweet/publish.sql
--           After schema.sql and the schema puck (puck init). May be run again.
--
-- Updates and deletes of activity are not published.

create or replace function tweet.publish_activity() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  perform puck.publish(
    'tweet.activity',
    format(
      '{"messageid":%s,"rts":%s,"favs":%s}',
      new.messageid,
      case new.action when 'rt' then 1 when 'de-rt' then -1 else 0 end,
      case new.action when 'fav' then 1 when 'de-fav' then -1 else 0 end),
    key => new.messageid::text);
  return null;
end
$$;

create or replace trigger publish_activity
  after insert on tweet.activity
  for each row execute function tweet.publish_activity();
