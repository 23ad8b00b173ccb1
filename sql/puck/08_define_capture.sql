-- 08_define_capture.sql: the trigger function of one watched table.
--
-- Purpose:     write puck.capture_<id>(), which adds a table's changes to the outbox. Made for the
--              table, since what is known when it is watched need not be looked up at every row.
-- Parameters:  table_id  puck.watched.id
-- Returns:     the function's name, quoted
-- Tables:      reads puck.watched; what it writes adds to puck.outbox_0, puck.outbox_1, puck.outbox_2
--
-- The function that it writes
--   - evaluates few expressions: PL/pgSQL prepares each anew in every transaction, which for a
--     transaction of one row costs more than all the rest;
--   - runs as the outbox's owner, with all settings fixed that its own text or a row's text could
--     depend on;
--   - names no column of the table but in the user's filter, so that adding, renaming or retyping
--     one, also under sessions that ran it before, fails no writer;
--   - runs while the row is locked, so that ids are in the order of a row's versions between
--     transactions. Within one they need not be: hence the ctids.

-- The statement that adds a change to the current table; in three, since a table's name in a plan
-- is fixed. Should the state change between its conditions, any of the tables will do.
-- Parameters:  watched  the table; op  as in the outbox; the others are SQL
create or replace function puck.define_adding(
  watched puck.watched, op text, key text, old_key text, old_row text, new_row text,
  old_ctid text, new_ctid text, payload text)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select string_agg(format('
    %s
      insert into puck.outbox_%s (relid, version, old_ctid, new_ctid, kind, op, schema_name, name,
        key, old_key, old_row, new_row, payload)
      values (tg_relid, %s, %s, %s, ''r'', %L, %L, %L, %s, %s, %s, %s, %s);',
           case number
             when 0 then 'if pg_sequence_last_value(''puck.state'') & 3 = 0 then'
             when 1 then 'elsif pg_sequence_last_value(''puck.state'') & 3 = 1 then'
             else 'else'
           end,
           number, watched.version, old_ctid, new_ctid, op, watched.schema_name,
           watched.table_name, key, old_key, old_row, new_row, payload), '' order by number) || '
    end if;'
    from generate_series(0, 2) as number
$$;

revoke all on function
  puck.define_adding(puck.watched, text, text, text, text, text, text, text, text) from public;

create or replace function puck.define_capture(table_id integer)
returns text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  watched puck.watched;
  function_name constant text := format('puck.%I', 'capture_' || table_id);
  side text;
  images text[] := '{}'; -- of old and new
  keys text[] := '{}';
  creating text;
  updating text;
  deleting text;
begin
  select * into strict watched from puck.watched as w where w.id = table_id;

  foreach side in array array['old', 'new'] loop
    images := images || format('
    %s_image := %s;', side, puck.image_sql(watched, side));
    keys := keys || puck.key_sql(watched, side || '_image', 'tg_relid');
  end loop;

  creating := images[2] || puck.define_adding(
    watched, 'c', keys[2], 'null', 'null', 'new_image', 'null', 'new.ctid', 'null');
  updating := images[1] || images[2] || puck.define_adding(
    watched, 'u', keys[2], format('nullif(%s, %s)', keys[1], keys[2]), 'old_image', 'new_image',
    'old.ctid', 'new.ctid', 'null');
  deleting := images[1] || puck.define_adding(
    watched, 'd', keys[1], 'null', 'old_image', 'null', 'old.ctid', 'null', 'null');

  if watched.filter is not null then
    creating := format('
    if (%1$s
       ) is not true then
      return null;
    end if;%2$s', watched.filter, creating);
    deleting := format('
    declare
      new constant record := old;
    begin
      if (%1$s
         ) is not true then
        return null;
      end if;
    end;%2$s', watched.filter, deleting);
    -- To those downstream, a row that comes into the filter is created, and one that leaves deleted.
    -- A nested change that was outside of it all the time may lie between others of the same row:
    -- it is kept as a link of their chain.
    updating := format('
    declare
      new constant record := old;
    begin
      old_matches := (%1$s
        ) is true;
    end;
    new_matches := (%1$s
      ) is true;
    if old_matches and new_matches then%2$s
    elsif new_matches then%3$s
    elsif old_matches then%4$s
    elsif pg_trigger_depth() > 1 then%5$s
    else
      return null;
    end if;',
      watched.filter,
      updating,
      images[2] || puck.define_adding(
        watched, 'c', keys[2], 'null', 'null', 'new_image', 'old.ctid', 'new.ctid', 'null'),
      images[1] || puck.define_adding(
        watched, 'd', keys[1], 'null', 'old_image', 'null', 'old.ctid', 'new.ctid', 'null'),
      puck.define_adding(
        watched, '-', 'null', 'null', 'null', 'null', 'old.ctid', 'new.ctid', 'null'));
  end if;

  execute format('create or replace function %s() returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
set bytea_output = ''hex''
set datestyle = ''ISO, YMD''
set extra_float_digits = 1
set intervalstyle = ''iso_8601''
set lc_monetary = ''C''
set timezone = ''UTC''
as %L', function_name, format($body$
#variable_conflict use_column
declare
  old_image json;
  new_image json;
  old_matches boolean;
  new_matches boolean;
begin
  if tg_op = 'INSERT' then%s
  elsif tg_op = 'UPDATE' then%s
  elsif tg_op = 'DELETE' then%s
  else
    -- The trigger stays on a partition that is detached, which is then no more of the table.
    if not exists (
         select from puck.watched as w
          where w.id = %s
            and (w.relation = tg_relid
                 or w.relation in (
                      select a.relid from pg_partition_ancestors(tg_relid) as a (relid)))) then
      return null;
    end if;%s
  end if;

  -- Read after the row was added, never before: see puck.state.
  if coalesce(pg_sequence_last_value('puck.state'), 0) < 4
     and lower(coalesce(current_setting('puck.wake', true), '')) not in ('off', 'false', 'no', '0')
  then
    perform pg_notify('puck_wake', '');
  end if;
  return null;
end
$body$,
    creating, updating, deleting, table_id,
    puck.define_adding(
      watched, 't', 'null', 'null', 'null', 'null', 'null', 'null',
      '(select format(''%I.%I'', tg_table_schema, tg_table_name) from pg_class as c'
      ' where c.oid = tg_relid and c.relispartition)')));
  execute format('revoke all on function %s() from public', function_name);
  return function_name;
end
$$;

revoke all on function puck.define_capture(integer) from public;
