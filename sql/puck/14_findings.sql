-- 14_findings.sql: what is wrong with the capture of watched tables.
--
-- Purpose:     for puck doctor: what changed since a table was watched, and would be missed or sent
--              otherwise than expected.
-- Returns:     relation, problem and fix, one row for each finding; none when all is well
-- Tables:      reads puck.watched and the catalog

create or replace function puck.findings()
returns table (relation text, problem text, fix text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with watched as (
    select w.*,
           format('%I.%I', w.schema_name, w.table_name) as watched_name,
           case when c.oid is not null then format('%I.%I', n.nspname, c.relname) end
             as present_name,
           to_regproc(format('puck.%I', 'capture_' || w.id)) as capture,
           case when w.replica then 'A' else 'O' end as wanted
      from puck.watched as w
      left join pg_class as c on c.oid = w.relation
      left join pg_namespace as n on n.oid = c.relnamespace
  ),
  part as (
    select watched.*, tree.relid, tree.isleaf
      from watched
     cross join pg_partition_tree(watched.relation) as tree
     where watched.present_name is not null and tree.relid <> watched.relation
     union all
    select watched.*, watched.relation, true
      from watched
     where watched.present_name is not null
  ),
  finding as (
    select watched.watched_name, watched.present_name, watched.relation,
           'the table was dropped' as problem,
           format('select puck.unwatch(%s)', watched.relation::oid) as fix
      from watched
     where watched.present_name is null
     union all
    select part.watched_name, part.present_name, part.relation,
           format('changes to rows of %s are not captured', part.relid::regclass), null
      from part
     where not exists (
             select from pg_trigger as t
              where t.tgrelid = part.relid and t.tgfoid = part.capture and t.tgtype & 1 = 1
                and t.tgenabled = part.wanted)
     union all
    select part.watched_name, part.present_name, part.relation,
           format('truncate of %s is not captured', part.relid::regclass), null
      from part
     where part.isleaf
       and not exists (
             select from pg_trigger as t
              where t.tgrelid = part.relid and t.tgfoid = part.capture and t.tgtype & 1 = 0
                and t.tgenabled = part.wanted)
     union all
    select part.watched_name, part.present_name, part.relation,
           format('trigger %I of %s fires before the capture', t.tgname, t.tgrelid::regclass),
           format('alter trigger %I on %s rename to ...', t.tgname, t.tgrelid::regclass)
      from part
      join pg_trigger as t on t.tgrelid = part.relid
     where not t.tgisinternal and t.tgtype & 3 = 1
       and t.tgname::text collate "C" < ' puck_capture' collate "C"
     union all
    select watched.watched_name, watched.present_name, watched.relation,
           format('it is now named %s, and captured by its old name', watched.present_name), null
      from watched
     where watched.present_name <> watched.watched_name
     union all
    select watched.watched_name, watched.present_name, watched.relation,
           format('its primary key is now (%s), and was (%s)',
             array_to_string(puck.key_columns(watched.relation), ', '),
             array_to_string(watched.key_columns, ', ')), null
      from watched
     where watched.present_name is not null
       and watched.key_columns <> puck.key_columns(watched.relation)
     union all
    select watched.watched_name, watched.present_name, watched.relation,
           format('column %I, left out or masked, is there no more; until watched again, columns'
             ' added later are left out', named.name), null
      from watched
     cross join lateral (
             select unnest(watched.left_out)
              union
             select jsonb_object_keys(watched.mask)) as named (name)
     where watched.present_name is not null
       and not exists (
             select from pg_attribute as a
              where a.attrelid = watched.relation and a.attname = named.name
                and not a.attisdropped)
     union all
    select watched.watched_name, watched.present_name, watched.relation,
           format('generated column %I was added later, and is captured', a.attname), null
      from watched
      join pg_attribute as a on a.attrelid = watched.relation
     where watched.only_columns is null and not watched.generated
       and a.attgenerated <> '' and not a.attisdropped
       and a.attname <> all (watched.known_columns)
     union all
    select watched.watched_name, watched.present_name, watched.relation,
           'it cannot be watched any more: ' || refused.reason, null
      from watched
     cross join puck.refusal(watched.relation) as refused (reason)
     where watched.present_name is not null
       and refused.reason not like 'role %'
     union all
    select watched.watched_name, watched.present_name, watched.relation,
           starting.problem, starting.fix
      from watched
      join pg_namespace as puck on puck.nspname = 'puck'
      join pg_roles as owner on owner.oid = puck.nspowner
     cross join puck.starting_problem(watched.relation, owner.rolname) as starting
  )
  select finding.watched_name, finding.problem,
         coalesce(finding.fix,
           format('watch it again, with its options: select puck.watch(%L, ...)',
             finding.present_name))
    from finding
$$;

revoke all on function puck.findings() from public;
