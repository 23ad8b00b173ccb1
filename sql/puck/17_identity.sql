-- 17_identity.sql: whether this is the database that Puck was installed in.
--
-- Purpose:     a copy of the outbox must not be relayed as if it were the original.
-- Objects:     functions puck.stamp(), puck.identity()
-- Tables:      reads puck.installation; puck.stamp writes it

-- The cluster's identifier; null where it may not be asked for, as a provider may have it. By
-- default everyone may.
create or replace function puck.system_identifier()
returns bigint
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
begin
  if has_function_privilege('pg_control_system()', 'EXECUTE') then
    return (select c.system_identifier from pg_control_system() as c);
  end if;
  return null;
end
$$;

-- Say that here is the original, from now on.
create or replace function puck.stamp()
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  delete from puck.installation;
  insert into puck.installation (system_identifier, database, relation)
  select puck.system_identifier(), d.oid, 'puck.installation'::regclass
    from pg_database as d
   where d.datname = current_database();
end
$$;

-- Returns:  installation       its id, a new one for each stamp
--           system_identifier  of the cluster we are in; null where it may not be asked for
--           is_copy            whether the stamp is of another place. A logical restore writes the
--                              row in another transaction, to another table, of another database,
--                              mostly in another cluster: one of these tells, even where the
--                              cluster may not be asked for its identifier.
-- Rights:   execute: puck_bridge. Runs as the outbox's owner, who installed it.
create or replace function puck.identity()
returns table (installation uuid, system_identifier bigint, is_copy boolean)
language sql
stable
security definer
set search_path = pg_catalog, pg_temp
as $$
  select stamp.id,
         here.system_identifier,
         stamp.database <> d.oid
           or stamp.relation <> stamp.tableoid
           or stamp.xmin::text::numeric <> stamp.xid::text::numeric % 4294967296
           or coalesce(stamp.system_identifier <> here.system_identifier, false)
    from puck.installation as stamp
   cross join puck.system_identifier() as here (system_identifier)
    join pg_database as d on d.datname = current_database()
$$;

revoke all on function puck.system_identifier() from public;
revoke all on function puck.stamp() from public;
revoke all on function puck.identity() from public;
