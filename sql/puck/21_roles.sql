-- 21_roles.sql: who may do what.
--
-- Purpose:  least privilege: grant puck_writer to the application, and puck_bridge to the bridge.
-- Objects:  roles puck_writer and puck_bridge, which cannot log in
-- Usage:    after 20_starting_estimate.sql. Where the installer may not create roles, those that exist are
--           granted: have somebody create both, and run this file again.
--
--   puck_writer  may execute puck.publish, and nothing else: it cannot even read what it published.
--                Writers of watched tables need no role at all: triggers run as the outbox's owner.
--   puck_bridge  reads the outbox, rotates it, sets the state, owns it, keeps the dead letters.
-- Roles are the whole cluster's, so that several databases share them; a grant is in its database.

do $$
declare
  role text;
begin
  foreach role in array array['puck_writer', 'puck_bridge'] loop
    if exists (select from pg_catalog.pg_roles where rolname = role) then
      continue;
    end if;
    begin
      execute format('create role %I nologin', role);
      -- By this uninstall.sql knows that it may drop it.
      execute format('comment on role %I is %L', role, 'made by Puck');
    exception
      when insufficient_privilege then
        raise warning 'role % is missing, and % may not create it; see 21_roles.sql',
          role, current_user;
      when duplicate_object or unique_violation then
        null; -- by an installer in another database, just now
    end;
  end loop;
end
$$;

revoke all on all tables in schema puck from public;
revoke all on all sequences in schema puck from public;

do $$
begin
  if to_regrole('puck_writer') is not null then
    grant usage on schema puck to puck_writer;
    grant execute on function
      puck.publish(text, text, text, jsonb),
      puck.publish(text, json, text, jsonb),
      puck.publish(text, jsonb, text, jsonb),
      puck.token() to puck_writer;
  end if;
  if to_regrole('puck_bridge') is not null then
    grant usage on schema puck to puck_bridge;
    grant select on
      puck.schema_version, puck.installation, puck.bridge, puck.watched, puck.capture, puck.outbox,
      puck.outbox_0, puck.outbox_1, puck.outbox_2, puck.outbox_id, puck.state to puck_bridge;
    grant select, insert, update, delete on puck.dead_letter to puck_bridge;
    grant execute on function
      puck.rotate(xid8, xid8[]), puck.sleep(), puck.wake_up(), puck.wake_by(text),
      puck.identity(), puck.own(text, text, text), puck.adopt(text, text, text),
      puck.findings(), puck.refusal(regclass), puck.key_columns(regclass),
      puck.starting_problem(regclass, name), puck.starting_rows(integer, text, integer),
      puck.starting_estimate(integer), puck.shape(puck.field[], text[]),
      puck.key_pattern(puck.field[], text[])
      to puck_bridge;
  end if;
end
$$;
