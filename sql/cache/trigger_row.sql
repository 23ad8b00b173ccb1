-- trigger_row.sql: the counters of each message, kept by a trigger that runs for each row.
--
-- Purpose:  the counters are right at every commit, whoever writes; each row added to the activity
--           becomes an update of a row of counters, and writers of one message wait for one another.
-- Objects:  schema twcache; table twcache.counters_by_row; functions twcache.count_row() and
--           twcache.empty_counters_by_row(); triggers count_row and empty_counters_by_row on
--           tweet.activity
-- Columns:  messageid, rts, favs
-- Usage:    psql -v ON_ERROR_STOP=1 -f sql/cache/trigger_row.sql
--           After sql/tweet/schema.sql. May be run again, which counts everything anew. Writers of
--           tweet.activity wait meanwhile.
-- Needs:    of whoever writes the activity: select, insert, update and delete on the counters.
--
-- A transaction that acts on several messages takes their counters in the order of its actions: two
-- of them in opposite orders end in a deadlock, of which PostgreSQL rolls one back (40P01).

create schema if not exists twcache;

-- The fill factor leaves room for a row's next version on its page (heap-only tuples).
create table if not exists twcache.counters_by_row
 (
   messageid  bigint primary key,
   rts        bigint not null,
   favs       bigint not null
 )
 with (fillfactor = 80);

-- count_row(): adds what a row does to its message's counters, and takes off what it did.
create or replace function twcache.count_row() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  if tg_op in ('UPDATE', 'DELETE') then
    update twcache.counters_by_row
       set rts = rts - case old.action when 'rt' then 1 when 'de-rt' then -1 else 0 end,
           favs = favs - case old.action when 'fav' then 1 when 'de-fav' then -1 else 0 end
     where messageid = old.messageid;
  end if;
  if tg_op in ('INSERT', 'UPDATE') then
    -- One statement, so that of two first actions at once the later adds to what the earlier made.
    insert into twcache.counters_by_row as counters (messageid, rts, favs)
    values (
      new.messageid,
      case new.action when 'rt' then 1 when 'de-rt' then -1 else 0 end,
      case new.action when 'fav' then 1 when 'de-fav' then -1 else 0 end)
    on conflict (messageid) do update
       set rts = counters.rts + excluded.rts,
           favs = counters.favs + excluded.favs;
  end if;
  return null;
end
$$;

-- empty_counters_by_row(): a truncate fires no trigger of rows.
create or replace function twcache.empty_counters_by_row() returns trigger
language plpgsql
set search_path = pg_catalog
as $$
begin
  delete from twcache.counters_by_row;
  return null;
end
$$;

-- One statement, hence one transaction: no writer comes between the triggers and the first count.
do $$
begin
  lock table tweet.activity in share row exclusive mode;

  create or replace trigger count_row
    after insert or update or delete on tweet.activity
    for each row execute function twcache.count_row();
  create or replace trigger empty_counters_by_row
    after truncate on tweet.activity
    for each statement execute function twcache.empty_counters_by_row();

  delete from twcache.counters_by_row;
  insert into twcache.counters_by_row (messageid, rts, favs)
  select messageid,
         count(*) filter (where action = 'rt') - count(*) filter (where action = 'de-rt'),
         count(*) filter (where action = 'fav') - count(*) filter (where action = 'de-fav')
    from tweet.activity
   group by messageid;
end
$$;
