-- daily_counters_racy.sql: the counters of each day as one first writes them. FOR TEACHING ONLY.
--
-- Purpose:  shows the race between an update that finds nothing and the insert that follows it. On
--           the first action of a day, of two transactions at once both find no row, and both
--           insert: the second waits for the first, then fails with unique_violation (23505), and
--           its user's action is lost. (Without the primary key the day would have two rows, and
--           count twice from then on.)
-- Objects:  schema twcache; table twcache.daily_counters_racy; function twcache.count_day_racy();
--           trigger count_day_racy on tweet.activity
-- Columns:  day (as in UTC), rts, de_rts, favs, de_favs
-- Usage:    psql -v ON_ERROR_STOP=1 -f sql/cache/daily_counters_racy.sql
--           After sql/tweet/schema.sql, where nobody depends on it. May be run again.
--           To see it, in two sessions: begin; insert into tweet.activity (messageid, action)
--           values (1, 'rt'); in the first, the same in the second, which waits; commit the first.
--
-- The cure is one statement that does either: daily_counters.sql.

create schema if not exists twcache;

create table if not exists twcache.daily_counters_racy
 (
   day      date primary key,
   rts      bigint not null,
   de_rts   bigint not null,
   favs     bigint not null,
   de_favs  bigint not null
 );

create or replace function twcache.count_day_racy() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
declare
  today date := (new.datetime at time zone 'UTC')::date;
begin
  update twcache.daily_counters_racy
     set rts = rts + (new.action = 'rt')::int,
         de_rts = de_rts + (new.action = 'de-rt')::int,
         favs = favs + (new.action = 'fav')::int,
         de_favs = de_favs + (new.action = 'de-fav')::int
   where day = today;

  -- Here another transaction may have inserted the day already, without our seeing it.
  if not found then
    insert into twcache.daily_counters_racy (day, rts, de_rts, favs, de_favs)
    values (
      today,
      (new.action = 'rt')::int,
      (new.action = 'de-rt')::int,
      (new.action = 'fav')::int,
      (new.action = 'de-fav')::int);
  end if;
  return null;
end
$$;

create or replace trigger count_day_racy
  after insert on tweet.activity
  for each row execute function twcache.count_day_racy();
