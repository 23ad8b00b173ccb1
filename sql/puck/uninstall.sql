-- uninstall.sql: remove Puck from the database.
--
-- Purpose:  the schema puck with all that is in it, published or not; the captures of all watched
--           tables; and the two roles, where Puck made them and nobody else depends on them.
-- Usage:    psql -v ON_ERROR_STOP=1 -1 -f sql/puck/uninstall.sql
--           By the outbox's owner. Harmless where nothing is installed.
-- Locks:    every watched table, access exclusive, until the transaction ends

do $$
declare
  role text;
begin
  perform pg_catalog.pg_advisory_xact_lock(
    pg_catalog.hashtextextended('puck.install', 0));
  perform pg_catalog.set_config('client_min_messages', 'warning', true);
  -- With the functions that capture go the triggers that execute them.
  drop schema if exists puck cascade;

  for role in
    select r.rolname
      from pg_catalog.pg_roles as r
     where r.rolname in ('puck_writer', 'puck_bridge')
       and pg_catalog.shobj_description(r.oid, 'pg_authid') = 'made by Puck'
  loop
    begin
      execute pg_catalog.format('drop role %I', role);
    exception when dependent_objects_still_exist or insufficient_privilege
                or undefined_object then
      null; -- another database needs it, or it is not ours to drop
    end;
  end loop;
end
$$;
