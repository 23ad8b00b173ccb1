-- 13_unwatch.sql: stop capturing a table.
--
-- Purpose:     remove the capture of a table, also of one that was dropped since (give its oid).
--              What is in the outbox already stays. Harmless for a table that is not watched.
-- Parameters:  target  the table
-- Returns:     whether it was watched
-- Tables:      writes puck.watched; drops the triggers of the table and its partitions
-- Rights:      for the outbox's owner; the table's need not agree
-- Locks:       the table and its partitions, access exclusive, until the transaction ends

create or replace function puck.unwatch(target regclass)
returns boolean
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
declare
  watched_id integer;
begin
  delete from puck.watched as w where w.relation = target returning w.id into watched_id;
  if watched_id is null then
    return false;
  end if;
  -- With it go the triggers that execute it, wherever they are now.
  execute format('drop function if exists puck.%I() cascade', 'capture_' || watched_id);
  return true;
end
$$;

revoke all on function puck.unwatch(regclass) from public;
