-- daily_counters.sql: how often each action was done on each day, kept by a trigger.
--
-- Purpose:  a row a day, right at every commit. All writers of a day update its one row, and wait
--           for one another: the hottest row that there can be.
-- Objects:  schema twcache; table twcache.daily_counters; function twcache.count_day(); triggers
--           count_day and empty_daily_counters on tweet.activity
-- Columns:  day (as in UTC), rts, de_rts, favs, de_favs: what was taken back is counted by itself
-- Usage:    psql -v ON_ERROR_STOP=1 -f sql/cache/daily_counters.sql
--           After sql/tweet/schema.sql. May be run again, which counts everything anew. Writers of
--           tweet.activity wait meanwhile.
-- Needs:    of whoever writes the activity: select, insert, update and delete on the counters.
--
-- How not to do it: daily_counters_racy.sql.

create schema if not exists twcache;

create table if not exists twcache.daily_counters
 (
   day      date primary key,
   rts      bigint not null,
   de_rts   bigint not null,
   favs     bigint not null,
   de_favs  bigint not null
 )
 with (fillfactor = 80);

-- count_day(): adds a row to its day, and takes off what it was before.
create or replace function twcache.count_day() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  if tg_op = 'TRUNCATE' then
    delete from twcache.daily_counters;
    return null;
  end if;
  if tg_op in ('UPDATE', 'DELETE') then
    update twcache.daily_counters
       set rts = rts - (old.action = 'rt')::int,
           de_rts = de_rts - (old.action = 'de-rt')::int,
           favs = favs - (old.action = 'fav')::int,
           de_favs = de_favs - (old.action = 'de-fav')::int
     where day = (old.datetime at time zone 'UTC')::date;
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    -- One statement: who finds the day's row missing and who finds it there do the same.
    insert into twcache.daily_counters as counters (day, rts, de_rts, favs, de_favs)
    values (
      (new.datetime at time zone 'UTC')::date,
      (new.action = 'rt')::int,
      (new.action = 'de-rt')::int,
      (new.action = 'fav')::int,
      (new.action = 'de-fav')::int)
    on conflict (day) do update
       set rts = counters.rts + excluded.rts,
           de_rts = counters.de_rts + excluded.de_rts,
           favs = counters.favs + excluded.favs,
           de_favs = counters.de_favs + excluded.de_favs;
  end if;
  return null;
end
$$;

-- One statement, hence one transaction: no writer comes between the triggers and the first count.
do $$
begin
  lock table tweet.activity in share row exclusive mode;

  create or replace trigger count_day
    after insert or update or delete on tweet.activity
    for each row execute function twcache.count_day();
  create or replace trigger empty_daily_counters
    after truncate on tweet.activity
    for each statement execute function twcache.count_day();

  delete from twcache.daily_counters;
  insert into twcache.daily_counters (day, rts, de_rts, favs, de_favs)
  select (datetime at time zone 'UTC')::date,
         count(*) filter (where action = 'rt'),
         count(*) filter (where action = 'de-rt'),
         count(*) filter (where action = 'fav'),
         count(*) filter (where action = 'de-fav')
    from tweet.activity
   group by 1;
end
$$;
