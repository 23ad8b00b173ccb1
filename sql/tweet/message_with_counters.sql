-- message_with_counters.sql: the counters of each message, computed when they are read.
--
-- Purpose:  the truth that every cache and summary of the demo is measured against. Always right,
--           and as slow as the message's activity is long.
-- Objects:  view tweet.message_with_counters
-- Columns:  those of tweet.message, with rts and favs computed instead of stored:
--             rts   count of rt minus count of de-rt, 0 without activity
--             favs  count of fav minus count of de-fav, 0 without activity
-- Reads:    tweet.message, tweet.activity
-- Usage:    psql -v ON_ERROR_STOP=1 -f sql/tweet/message_with_counters.sql
--           After schema.sql. May be run again.

create or replace view tweet.message_with_counters as
select message.messageid,
       message.userid,
       message.datetime,
       message.message,
       count(*) filter (where activity.action = 'fav')
         - count(*) filter (where activity.action = 'de-fav') as favs,
       count(*) filter (where activity.action = 'rt')
         - count(*) filter (where activity.action = 'de-rt') as rts,
       message.location,
       message.lang,
       message.url
  from tweet.message
  left join tweet.activity on activity.messageid = message.messageid
 group by message.messageid;
