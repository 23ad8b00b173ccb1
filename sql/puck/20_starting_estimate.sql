-- 20_starting_estimate.sql: how many rows a watched table's starting state has, about.
--
-- Purpose:     to show how far it is.
-- Parameters:  table_id  puck.watched.id
-- Returns:     rows as the planner believes there are, before any row filter; 0 where it does not
--              know, since nobody has analyzed the table yet
-- Tables:      reads puck.watched and the catalog
-- Rights:      execute: puck_bridge

create or replace function puck.starting_estimate(table_id integer)
returns bigint
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select coalesce(sum(greatest(c.reltuples, 0)), 0)::bigint
    from puck.watched as w
    join pg_class as c
      on c.oid = w.relation and c.relkind = 'r'
      or c.oid in (select leaf.relid from pg_partition_tree(w.relation) as leaf where leaf.isleaf)
   where w.id = table_id
$$;

revoke all on function puck.starting_estimate(integer) from public;
