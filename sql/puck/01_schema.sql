-- 01_schema.sql: the schema, its version, and the stamp that tells an original from a copy.
--
-- Purpose:  a place for the outbox in the application's own database, without any privilege that a
--           managed database withholds.
-- Objects:  schema puck; tables puck.schema_version, puck.installation
-- Needs:    PostgreSQL 14 or newer; create on the database. Whoever runs this owns the outbox: best
--           a role of its own, not a superuser (see README.md).
-- Usage:    the first of the numbered files, which belong together in one transaction:
--           cat sql/puck/[0-9]*.sql | psql -v ON_ERROR_STOP=1 -1 -f -
--           May be run again: what exists is left as it is.

-- Two installers may start at once, and "if not exists" alone does not keep them apart.
do $$
begin
  if current_setting('server_version_num')::integer < 140000 then
    raise exception 'PostgreSQL is %; Puck needs 14 or newer', current_setting('server_version');
  end if;
  perform pg_advisory_xact_lock(hashtextextended('puck.install', 0));
end
$$;

create schema if not exists puck;

-- Which versions of this schema were installed, and when. The highest is the one in place.
create table if not exists puck.schema_version (
  version      integer primary key,
  installed_at timestamptz not null default now()
);

-- Where the schema was installed: one row, written once. A logical restore brings the row into
-- another place, where it no longer fits (puck.identity() looks); a physical one is told by
-- PostgreSQL's timeline.
--
--   id                 of this installation, at random
--   system_identifier  of the cluster; null where the installer may not execute pg_control_system()
--   database           oid of the database
--   relation           oid of this table
--   xid                of the transaction that wrote the row, thus also its xmin
create table if not exists puck.installation (
  id                uuid not null default gen_random_uuid(),
  system_identifier bigint,
  database          oid not null,
  relation          oid not null,
  xid               xid8 not null default pg_current_xact_id(),
  stamped_at        timestamptz not null default now()
);
