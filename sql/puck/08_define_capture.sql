-- 08_define_capture.sql: the trigger function of one watched table.
--
-- Purpose:     write puck.capture_<id>(), which adds a table's changes to the outbox. Made for the
--              table, since what is known when it is watched need not be looked up at every row.
-- Parameters:  table_id  puck.watched.id
-- Returns:     the function's name, quoted
-- Tables:      reads puck.watched, adds to puck.capture; what it writes adds to puck.outbox_0,
--              puck.outbox_1, puck.outbox_2
--
-- The function that it writes
--   - evaluates few expressions, of few parts: PL/pgSQL prepares each anew in every transaction, which
--     for a transaction of one row costs more than all the rest. While the table is as it was when it
--     was watched (puck.is_as_watched, which the plans answer), a row is the text of its record, and
--     its columns and key are left to the reader, who knows them by puck.capture. When it was altered,
--     puck.altered_row() and puck.altered_details() tell what it is then;
--   - runs as the outbox's owner, with all settings fixed that its own text or a row's text could
--     depend on: those that the columns' types need; all for a filter, or where a type is not known;
--   - names no column of the table but in the user's filter, so that adding, renaming or retyping
--     one, also under sessions that ran it before, fails no writer;
--   - reads the state when the transaction has its id: see puck.state;
--   - runs while the row is locked, so that ids are in the order of a row's versions between
--     transactions. Within one they need not be: hence the ctids.

-- The statement that adds a change to the current table; in three, since a table's name in a plan
-- is fixed.
-- Parameters:  capture  puck.capture's id; the others are SQL
create or replace function puck.define_adding(
  capture integer, old_ctid text, new_ctid text, old_row text, new_row text, payload text,
  details text)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select '
    state := pg_sequence_last_value(''puck.state'');' || string_agg(format('
    %s
      insert into puck.outbox_%s (
        relid, capture, old_ctid, new_ctid, old_row, new_row, payload, details)
      values (tg_relid, %s, %s, %s, %s, %s, %s, %s);',
           case number
             when 0 then 'if state & 3 = 0 then'
             when 1 then 'elsif state & 3 = 1 then'
             else 'else'
           end,
           number, capture, old_ctid, new_ctid, old_row, new_row, payload, details),
           '' order by number) || '
    end if;'
    from generate_series(0, 2) as number
$$;

revoke all on function
  puck.define_adding(integer, text, text, text, text, text, text) from public;

-- What the rows of a watched table are from now on, unless it has that already.
create or replace function puck.add_capture(watched puck.watched)
returns puck.capture
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  table_fields constant puck.field[] := puck.fields_of(watched.relation);
  layout record;
  added puck.capture;
begin
  select * into strict layout
    from puck.layout(table_fields, watched.known_columns, watched.left_out, watched.mask,
           watched.only_columns is not null);
  insert into puck.capture as c (
    watched_id, version, schema_name, table_name, key_columns, table_fields, fields, places,
    key_pattern)
  values (
    watched.id, watched.version, watched.schema_name, watched.table_name, watched.key_columns,
    table_fields, layout.fields, layout.places,
    puck.key_pattern(layout.fields, watched.key_columns))
  on conflict (watched_id, version) do nothing;
  select * into strict added
    from puck.capture as c
   where c.watched_id = watched.id and c.version = watched.version;
  return added;
end
$$;

revoke all on function puck.add_capture(puck.watched) from public;

create or replace function puck.define_capture(table_id integer)
returns text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  watched puck.watched;
  function_name constant text := format('puck.%I', 'capture_' || table_id);
  capture puck.capture;
  settings text[];
  target text; -- SQL, as are the others
  as_watched text;
  text_known text;
  options text;
  side text;
  images text[] := '{}'; -- of old and new
  details text[] := '{}'; -- of old and new
  creating text;
  updating text;
  deleting text;
begin
  select * into strict watched from puck.watched as w where w.id = table_id;
  capture := puck.add_capture(watched);

  -- A filter may depend on any.
  settings := case
    when watched.filter is null then puck.text_settings(watched.relation)
    else array(select fixed.setting from puck.fixed_settings() as fixed)
    end;
  target := format('%L::regclass', watched.relation::oid);
  as_watched := format('puck.is_as_watched(%s, %s)', target, capture.id);
  text_known := format('puck.is_text_known(%s, %L)', target, settings);
  options := format('%L, %L, %L, %L', watched.known_columns, watched.left_out, watched.mask,
    watched.only_columns is not null);
  -- What is not evaluated still costs a little: so it is kept short.
  foreach side in array array['old', 'new'] loop
    images := images || case
      when watched.only_columns is null and watched.left_out = '{}' and watched.mask = '{}' then
        format('case when %s or %s then %s::text else puck.altered_row(%s, tg_relid, %s) end',
          as_watched, text_known, side, side, options)
      else
        format('case when %s then puck.image(%s::text, %L)'
          ' when %s then puck.image(%s::text, puck.known_places(%s, %s))'
          ' else puck.altered_row(%s, tg_relid, %s) end',
          as_watched, side, capture.places, text_known, side, target, options, side, options)
      end;
    details := details || format(
      'case when %s then null when puck.is_known(%s) then puck.known_details(%s, %L, %s)'
      ' else puck.altered_details(puck.fields_in(%s, tg_relid), tg_relid, %L, %s) end',
      as_watched, target, target, watched.key_columns, options, side, watched.key_columns,
      options);
  end loop;

  creating := puck.define_adding(capture.id, 'null', 'new.ctid', 'null', images[2], 'null',
    details[2]);
  updating := puck.define_adding(capture.id, 'old.ctid', 'new.ctid', images[1], images[2], 'null',
    details[2]);
  deleting := puck.define_adding(capture.id, 'old.ctid', 'null', images[1], 'null', 'null',
    details[1]);

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
      puck.define_adding(capture.id, 'old.ctid', 'new.ctid', 'null', images[2], 'null',
        details[2]),
      puck.define_adding(capture.id, 'old.ctid', 'new.ctid', images[1], 'null', 'null',
        details[1]),
      puck.define_adding(capture.id, 'old.ctid', 'new.ctid', 'null', 'null', 'null', 'null'));
  end if;

  execute format('create or replace function %s() returns trigger
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
%s
as %L', function_name,
    (select string_agg(format('set %s = %L', fixed.setting, fixed.value), chr(10))
       from puck.fixed_settings() as fixed
      where fixed.setting = any (settings)),
    format($body$
#variable_conflict use_column
declare
  state bigint;
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
    end if;
    -- So that it has one; writing a row gave it one.
    perform pg_current_xact_id();%s
  end if;

  if state >= 4 then
    return null;
  end if;
  if lower(coalesce(current_setting('puck.wake', true), '')) not in ('off', 'false', 'no', '0') then
    perform pg_notify('puck_wake', '');
  end if;
  return null;
end
$body$,
    creating, updating, deleting, table_id,
    puck.define_adding(capture.id, 'null', 'null', 'null', 'null',
      '(select format(''%I.%I'', tg_table_schema, tg_table_name) from pg_class as c'
      ' where c.oid = tg_relid and c.relispartition)', 'null')));
  execute format('revoke all on function %s() from public', function_name);
  return function_name;
end
$$;

revoke all on function puck.define_capture(integer) from public;
