-- 03_bridge.sql: whose outbox this is, and what Kafka would not take.
--
-- Purpose:  an outbox that two bridges emptied would be whole in neither's topics.
-- Objects:  tables puck.bridge, puck.dead_letter
-- Usage:    after 02_outbox.sql. May be run again.

-- The outbox's one owner: at most one row (see puck.own and puck.adopt).
create table if not exists puck.bridge (
  only_row      boolean     primary key default true check (only_row),
  name          text        not null,
  kafka_cluster text        not null,
  topic_prefix  text        not null,
  adopted_at    timestamptz not null default now()
);

-- Changes larger than Kafka takes, with their bytes, until somebody replays or deletes them. Written
-- before the batch is committed to Kafka, and perhaps again: the primary key keeps a repeat out.
--
--   puck_id      the change's puck.id
--   position     its puck.position
--   replayed_at  when it was published after all
create table if not exists puck.dead_letter (
  puck_id     text        primary key,
  bridge      text        not null,
  position    text,
  topic       text        not null,
  key         bytea,
  value       bytea,
  headers     jsonb,
  error       text        not null,
  at          timestamptz not null default clock_timestamp(),
  replayed_at timestamptz
);
