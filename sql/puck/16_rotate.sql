-- 16_rotate.sql: empty the oldest outbox table, and let writers go on there.
--
-- Purpose:     keep the outbox small without updating or deleting a row.
-- Parameters:  covered_xmax, covered_xip  the position that is committed in Kafka, as it is stored:
--              a row is covered when its xid is below the first and not among the second
-- Returns:     true when a table was emptied and is the current one now; false when there is nothing
--              to rotate, somebody uses the oldest table, or a row in it is not covered yet: then
--              try later
-- Tables:      truncates one of puck.outbox_0, puck.outbox_1, puck.outbox_2; sets puck.state
-- Rights:      execute: puck_bridge. Runs as the outbox's owner.
-- Locks:       the oldest table, access exclusive, waited for at most 50 ms, until the transaction
--              ends: call it in one of its own
--
-- Whoever added to the table and has not ended holds a lock on it. So once we have ours, a snapshot
-- taken after that sees all rows there are; an older one might miss those that were committed while
-- we waited. In read committed every statement of this function takes its own; in other isolation
-- levels there is but one for the transaction, hence the check.

create or replace function puck.rotate(covered_xmax xid8, covered_xip xid8[])
returns boolean
language plpgsql
volatile
security definer
set search_path = pg_catalog, pg_temp
set lock_timeout = '50ms'
as $$
declare
  current_table constant bigint := coalesce(pg_sequence_last_value('puck.state'), 0) & 3;
  oldest constant bigint := (current_table + 1) % 3;
  oldest_name constant text := format('puck.outbox_%s', oldest);
  is_needed boolean;
begin
  if current_setting('transaction_isolation') not in ('read committed', 'read uncommitted') then
    raise exception using errcode = 'active_sql_transaction',
      message = format('puck.rotate: the transaction is %s',
        current_setting('transaction_isolation')),
      hint = 'Call it in a transaction of its own that is read committed.';
  end if;
  if covered_xmax is null or covered_xip is null then
    raise exception using errcode = 'null_value_not_allowed',
      message = 'puck.rotate: the position is null', hint = 'Give xmax and xip of a position.';
  end if;
  -- Nothing was added since the last time.
  if pg_relation_size(format('puck.outbox_%s', current_table)) = 0 then
    return false;
  end if;

  -- What fails in this block gives the lock back at once.
  begin
    execute format('lock table %s in access exclusive mode', oldest_name);
    execute format(
      'select exists (select from %s as o where o.xid >= $1 or o.xid = any ($2))', oldest_name)
      into is_needed
      using covered_xmax, covered_xip;
    if is_needed then
      raise exception using errcode = 'object_in_use';
    end if;
    execute format('truncate %s', oldest_name);
  exception when lock_not_available or object_in_use then
    return false;
  end;
  -- At once, not with the commit: writers who read it wait those few moments for our lock.
  perform puck.set_state(null, oldest);
  return true;
end
$$;

revoke all on function puck.rotate(xid8, xid8[]) from public;
