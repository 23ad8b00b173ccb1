-- 12_watch.sql: capture a table's changes.
--
-- Purpose:     from the end of this transaction on, every change to the table is in the outbox. For
--              a table that is watched already: the same with other options; also repairs what
--              puck.findings() finds.
-- Parameters:  target     the table; of a partitioned one the root
--              columns    these alone (later ones not); null for all (later ones too)
--              exclude    not these
--              mask       what to put in place of a column's value, such as
--                         {"phone": null, "name": "***", "email": {"hash": "sha256"}}; hashes are
--                         salted by installation, and null stays null
--              filter     SQL over new, such as new.amount > 0 (evaluated for the old row too, again
--                         by the name new): a row is there downstream while this is true. Runs as
--                         the outbox's owner, in pg_catalog: qualify what is yours. Columns that it
--                         names cannot be renamed or dropped without failing writers.
--              replica    also what a subscription or session_replication_role = replica writes
--              generated  also generated columns that are stored (columns may name them, too)
-- Returns:     the version that the outbox's rows bear from now on
-- Tables:      writes puck.watched; triggers on the table and its partitions
-- Rights:      for the outbox's owner, with the right to create triggers on the table; replica also
--              needs the table's ownership
-- Locks:       a table that was not watched, share row exclusive, until the transaction ends
--
-- Triggers fire in the byte order of their names: a blank sorts before all that is printed, so that
-- ours sees a row's change before the application's triggers make others. A partition that is
-- attached later has the row trigger from PostgreSQL, but the one for truncate only from watching
-- again.

create or replace function puck.watch(
  target regclass,
  columns text[] default null,
  exclude text[] default null,
  mask jsonb default null,
  filter text default null,
  replica boolean default false,
  generated boolean default false)
returns integer
language plpgsql
set search_path = pg_catalog, pg_temp
set client_min_messages = warning
as $$
declare
  owner constant name := (select nspowner::regrole::text from pg_namespace where nspname = 'puck');
  known text[];
  generated_ones text[];
  key_columns constant text[] := puck.key_columns(target);
  problem text;
  watched puck.watched;
  function_name text;
  part regclass;
  trigger record;
begin
  if target is null then
    raise exception using errcode = 'null_value_not_allowed',
      message = 'puck.watch: target is null', hint = 'Name a table.';
  end if;
  if not has_schema_privilege('puck', 'CREATE') then
    raise exception using errcode = 'insufficient_privilege',
      message = format('puck.watch: role %I is not the outbox''s owner', current_user),
      hint = format('Run it as %s.', owner);
  end if;
  problem := puck.refusal(target);
  if problem is not null then
    raise exception using errcode = 'feature_not_supported',
      message = format('Table %s cannot be watched: %s', target, problem);
  end if;

  select array_agg(a.attname::text order by a.attnum),
         coalesce(array_agg(a.attname::text) filter (where a.attgenerated <> ''), '{}')
    into known, generated_ones
    from pg_attribute as a
   where a.attrelid = target and a.attnum > 0 and not a.attisdropped;
  problem := puck.option_problem(target, columns, exclude, mask, generated);
  if problem is not null then
    raise exception using errcode = 'invalid_parameter_value',
      message = format('Table %s cannot be watched so: %s', target, problem);
  end if;

  insert into puck.watched as w (
    relation, schema_name, table_name, key_columns, known_columns, only_columns, left_out, mask,
    filter, replica, generated)
  select target, n.nspname, c.relname, key_columns, coalesce(known, '{}'), columns,
         array(select name from unnest(known) as name
                where (columns is not null and name <> all (columns))
                   or name = any (exclude)
                   or (columns is null and not generated and name = any (generated_ones))),
         coalesce(mask, '{}'), filter, replica, generated
    from pg_class as c
    join pg_namespace as n on n.oid = c.relnamespace
   where c.oid = target
  on conflict (relation) do update
     set schema_name = excluded.schema_name,
         table_name = excluded.table_name,
         version = w.version + 1,
         key_columns = excluded.key_columns,
         known_columns = excluded.known_columns,
         only_columns = excluded.only_columns,
         left_out = excluded.left_out,
         mask = excluded.mask,
         filter = excluded.filter,
         replica = excluded.replica,
         generated = excluded.generated,
         watched_at = now()
  returning * into watched;

  -- An error in the filter must not wait for the first writer.
  if filter is not null then
    execute format('select from %s as new where (%s
      ) limit 0', target, filter);
  end if;
  function_name := puck.define_capture(watched.id);
  if (select p.proowner::regrole::text from pg_proc as p
       where p.oid = to_regproc(function_name)) <> owner then
    execute format('alter function %s() owner to %s', function_name, owner);
  end if;

  if not exists (
       select from pg_trigger as t
        where t.tgrelid = target and t.tgname = ' puck_capture'
          and t.tgfoid = to_regproc(function_name)) then
    execute format('create trigger " puck_capture" after insert or update or delete on %s'
      ' for each row execute function %s()', target, function_name);
  end if;
  for part in
    select target
     union
    select leaf.relid from pg_partition_tree(target) as leaf where leaf.isleaf
  loop
    if not exists (
         select from pg_trigger as t
          where t.tgrelid = part and t.tgname = ' puck_truncate'
            and t.tgfoid = to_regproc(function_name)) then
      -- One may be left from another watched table that this was a partition of.
      execute format('drop trigger if exists " puck_truncate" on %s', part);
      execute format('create trigger " puck_truncate" after truncate on %s'
        ' for each statement execute function %s()', part, function_name);
    end if;
  end loop;

  -- Also those that somebody disabled, here or on a partition.
  for trigger in
    select t.tgrelid::regclass as relation, t.tgname
      from pg_trigger as t
     where t.tgfoid = to_regproc(function_name)
       and t.tgenabled <> case when replica then 'A' else 'O' end
  loop
    execute format('alter table %s enable %s trigger %I',
      trigger.relation, case when replica then 'always' else '' end, trigger.tgname);
  end loop;
  return watched.version;
end
$$;

revoke all on function
  puck.watch(regclass, text[], text[], jsonb, text, boolean, boolean) from public;
