-- trigger_statement.sql: the counters of each message, kept by triggers that run once a statement.
--
-- Purpose:  as trigger_row.sql, for those who write many rows at once: a statement's rows are added
--           up first (transition tables), so each message's counters are updated once a statement.
-- Objects:  schema twcache; table twcache.counters_by_statement; function
--           twcache.count_statement(); triggers count_inserted, count_updated, count_deleted and
--           count_truncated on tweet.activity
-- Columns:  messageid, rts, favs
-- Usage:    psql -v ON_ERROR_STOP=1 -f sql/cache/trigger_statement.sql
--           After sql/tweet/schema.sql. May be run again, which counts everything anew. Writers of
--           tweet.activity wait meanwhile.
-- Needs:    of whoever writes the activity: select, insert, update and delete on the counters.
--
-- Counters are taken in the order of messageid, so that two single statements never end in a
-- deadlock; transactions of several statements still may.

create schema if not exists twcache;

-- The fill factor leaves room for a row's next version on its page (heap-only tuples).
create table if not exists twcache.counters_by_statement
 (
   messageid  bigint primary key,
   rts        bigint not null,
   favs       bigint not null
 )
 with (fillfactor = 80);

-- count_statement(): adds up what a statement did. A branch for each event, since a trigger has only
-- the transition tables of its own: "added" and "removed".
create or replace function twcache.count_statement() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  if tg_op = 'TRUNCATE' then
    delete from twcache.counters_by_statement;
  elsif tg_op = 'INSERT' then
    insert into twcache.counters_by_statement as counters (messageid, rts, favs)
    select messageid,
           count(*) filter (where action = 'rt') - count(*) filter (where action = 'de-rt'),
           count(*) filter (where action = 'fav') - count(*) filter (where action = 'de-fav')
      from added
     group by messageid
     order by messageid
    on conflict (messageid) do update
       set rts = counters.rts + excluded.rts,
           favs = counters.favs + excluded.favs;
  elsif tg_op = 'DELETE' then
    insert into twcache.counters_by_statement as counters (messageid, rts, favs)
    select messageid,
           count(*) filter (where action = 'de-rt') - count(*) filter (where action = 'rt'),
           count(*) filter (where action = 'de-fav') - count(*) filter (where action = 'fav')
      from removed
     group by messageid
     order by messageid
    on conflict (messageid) do update
       set rts = counters.rts + excluded.rts,
           favs = counters.favs + excluded.favs;
  else
    insert into twcache.counters_by_statement as counters (messageid, rts, favs)
    select messageid,
           sum(case action when 'rt' then sign when 'de-rt' then -sign else 0 end),
           sum(case action when 'fav' then sign when 'de-fav' then -sign else 0 end)
      from (select messageid, action, 1 as sign from added
            union all
            select messageid, action, -1 from removed) as change
     group by messageid
     order by messageid
    on conflict (messageid) do update
       set rts = counters.rts + excluded.rts,
           favs = counters.favs + excluded.favs;
  end if;
  return null;
end
$$;

-- One statement, hence one transaction: no writer comes between the triggers and the first count.
do $$
begin
  lock table tweet.activity in share row exclusive mode;

  create or replace trigger count_inserted
    after insert on tweet.activity
    referencing new table as added
    for each statement execute function twcache.count_statement();
  create or replace trigger count_updated
    after update on tweet.activity
    referencing old table as removed new table as added
    for each statement execute function twcache.count_statement();
  create or replace trigger count_deleted
    after delete on tweet.activity
    referencing old table as removed
    for each statement execute function twcache.count_statement();
  create or replace trigger count_truncated
    after truncate on tweet.activity
    for each statement execute function twcache.count_statement();

  delete from twcache.counters_by_statement;
  insert into twcache.counters_by_statement (messageid, rts, favs)
  select messageid,
         count(*) filter (where action = 'rt') - count(*) filter (where action = 'de-rt'),
         count(*) filter (where action = 'fav') - count(*) filter (where action = 'de-fav')
    from tweet.activity
   group by messageid;
end
$$;
