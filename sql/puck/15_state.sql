-- 15_state.sql: whether writers wake the bridge.
--
-- Purpose:  move between the modes of puck.state, whose encoding 02_outbox.sql tells.
-- Rights:   execute: puck_bridge. Run as the outbox's owner.
--
-- To fall asleep, the bridge runs, in transactions of their own and in this order,
--   1. select puck.sleep()
--   2. select pg_current_xact_id(), which is X
-- and goes on polling, slowly, until pg_snapshot_xmin(pg_current_snapshot()) >= X: whoever read
-- "awake" had its transaction id before X. X must not be of the transaction that set the state:
-- that one had its id before the state was set, and a writer may have come in between.

-- Set mode or table in the state, keeping the other: null stands for that.
-- Parameters:  new_mode, new_table
-- Returns:     the state, as it is now
create or replace function puck.set_state(new_mode bigint, new_table bigint)
returns bigint
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  state bigint;
  new_state bigint;
begin
  -- Those who set the state take turns; those who read it do not wait.
  perform pg_advisory_xact_lock(hashtextextended('puck.state', 0));
  state := coalesce(pg_sequence_last_value('puck.state'), 0);
  new_state := 4 * coalesce(new_mode, state >> 2) + coalesce(new_table, state & 3);
  if new_state <> state then
    perform setval('puck.state', new_state);
  end if;
  return new_state;
end
$$;

-- From awake to asleep: writers notify on channel puck_wake.
-- Returns:  the state, as it is now
create or replace function puck.sleep()
returns bigint
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return puck.set_state(
    case when pg_sequence_last_value('puck.state') >> 2 = 1 then 0 end, null);
end
$$;

-- From asleep to awake: writers do not notify, since the bridge polls.
-- Returns:  the state, as it is now
create or replace function puck.wake_up()
returns bigint
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  return puck.set_state(
    case when pg_sequence_last_value('puck.state') >> 2 = 0 then 1 end, null);
end
$$;

-- Whether writers may notify at all.
-- Parameters:  how  'poll': never, the bridge polls (two-phase commit); 'notify': when it sleeps
-- Returns:     the state, as it is now
create or replace function puck.wake_by(how text)
returns bigint
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
begin
  if how is null or how not in ('poll', 'notify') then
    raise exception using errcode = 'invalid_parameter_value',
      message = format('puck.wake_by: how is %s', coalesce(quote_literal(how), 'null')),
      hint = 'Give ''poll'' or ''notify''.';
  end if;
  return puck.set_state(
    case when how = 'poll' then 2
         when pg_sequence_last_value('puck.state') >> 2 = 2 then 0 end, null);
end
$$;

revoke all on function puck.set_state(bigint, bigint) from public;
revoke all on function puck.sleep() from public;
revoke all on function puck.wake_up() from public;
revoke all on function puck.wake_by(text) from public;
