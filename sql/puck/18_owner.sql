-- 18_owner.sql: one outbox, one bridge.
--
-- Purpose:  two bridges on one outbox would each publish all of it, or each lose what the other
--           rotated away.
-- Tables:   writes puck.bridge; puck.adopt also puck.installation
-- Rights:   execute: puck_bridge. Run as the outbox's owner.

-- Take the outbox, if it has no owner yet.
-- Parameters:  name, kafka_cluster, topic_prefix  of the bridge
-- Returns:     whether it is the owner; if not, puck.bridge tells who is
create or replace function puck.own(name text, kafka_cluster text, topic_prefix text)
returns boolean
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into puck.bridge (name, kafka_cluster, topic_prefix)
  values (own.name, own.kafka_cluster, own.topic_prefix)
  on conflict do nothing;
  return exists (
    select from puck.bridge as b
     where b.name = own.name
       and b.kafka_cluster = own.kafka_cluster
       and b.topic_prefix = own.topic_prefix);
end
$$;

-- Take the outbox from whoever owns it, in the place where it is now.
-- Parameters:  as of puck.own
create or replace function puck.adopt(name text, kafka_cluster text, topic_prefix text)
returns void
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  insert into puck.bridge (name, kafka_cluster, topic_prefix)
  values (adopt.name, adopt.kafka_cluster, adopt.topic_prefix)
  on conflict (only_row) do update
     set name = excluded.name,
         kafka_cluster = excluded.kafka_cluster,
         topic_prefix = excluded.topic_prefix,
         adopted_at = now();
  if (select i.is_copy from puck.identity() as i) then
    perform puck.stamp();
  end if;
end
$$;

revoke all on function puck.own(text, text, text) from public;
revoke all on function puck.adopt(text, text, text) from public;
