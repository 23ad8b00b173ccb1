-- 22_version.sql: what is installed is installed.
--
-- Purpose:  bring the captures of watched tables to this version, and note it.
-- Tables:   reads puck.watched; writes puck.schema_version, puck.installation
-- Usage:    the last of the numbered files. May be run again.

do $$
begin
  -- Replaces functions only: no lock on a watched table, no change to a trigger.
  perform puck.define_capture(watched.id) from puck.watched;

  if not exists (select from puck.installation) then
    perform puck.stamp();
  end if;

  insert into puck.schema_version (version) values (5) on conflict do nothing;
end
$$;
