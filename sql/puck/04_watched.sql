-- 04_watched.sql: which tables are captured, and how.
--
-- Purpose:  the options of puck.watch, from which the capture of each table is made.
-- Objects:  table puck.watched
-- Usage:    after 03_bridge.sql. May be run again.

-- One row for each watched table (the root of a partitioned one).
--
--   id             names the function that captures: puck.capture_<id>()
--   schema_name, table_name  as they were: changes keep going by these names until watched again
--   version        goes up each time the table is watched; the outbox's rows bear it
--   key_columns    of the primary key, empty without one
--   known_columns  all columns there were
--   only_columns   capture these alone; null for all
--   left_out       and these not: excluded ones, and generated ones where not asked for
--   mask           column to null, a constant or {"hash": "sha256"}
--   filter         SQL over new; only rows for which it is true exist downstream
--   replica        also capture what replication applies
--   generated      capture generated columns, too
create table if not exists puck.watched (
  id            integer     generated always as identity primary key,
  relation      regclass    not null unique,
  schema_name   text        not null,
  table_name    text        not null,
  version       integer     not null default 1,
  key_columns   text[]      not null,
  known_columns text[]      not null,
  only_columns  text[],
  left_out      text[]      not null,
  mask          jsonb       not null,
  filter        text,
  replica       boolean     not null,
  generated     boolean     not null,
  watched_at    timestamptz not null default now()
);
