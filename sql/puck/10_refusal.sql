-- 10_refusal.sql: why a table cannot be watched, or not be read.
--
-- Purpose:     say it before anything is changed, and with the way out.
-- Parameters:  target  what is to be watched
-- Returns:     reason and fix in one sentence; null for a table that can be watched
-- Tables:      the catalog only

create or replace function puck.refusal(target regclass)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select case
    when relation.relnamespace = 'puck'::regnamespace then
      'it is Puck''s own. Watch a table of the application.'
    when relation.oid < 16384
      or relation.relnamespace::regnamespace::text in ('information_schema', 'pg_toast') then
      'it is a system table. Watch a table of the application.'
    when relation.relkind in ('v', 'm') then
      'it is a view, whose rows change without a trigger. Watch the tables that it reads.'
    when relation.relkind = 'f' then
      'it is a foreign table, which others change without us. Watch the table on its own server.'
    when relation.relkind not in ('r', 'p') then
      'it is no table. Watch a table.'
    when relation.relpersistence = 't' then
      'it is temporary, gone with its session. Watch a permanent table.'
    when relation.relpersistence = 'u' then
      'it is unlogged: a crash empties it, and nobody is told. Run: alter table '
        || target::text || ' set logged.'
    when relation.relispartition then
      'it is a partition. Watch the whole table: ' || pg_partition_root(target)::text || '.'
    when exists (
           select from pg_index as index
            where index.indrelid = target and index.indisprimary and not index.indimmediate) then
      'its primary key is deferrable: until commit two rows may bear one key, and then no order'
        || ' by key is right. Make the key immediate: alter table ' || target::text
        || ' drop constraint ' || (
             select quote_ident(c.conname) from pg_constraint as c
              where c.conrelid = target and c.contype = 'p')
        || ', add primary key ('
        || (select string_agg(quote_ident(column_name), ', ')
              from unnest(puck.key_columns(target)) as column_name) || ').'
    when exists (
           select from pg_partition_tree(target) as leaf
             join pg_class as c on c.oid = leaf.relid and c.relkind = 'f') then
      'a partition of it is a foreign table, which others change without us. Detach it.'
    else (
      select format('role %I may not create triggers on %s. Run as its owner: grant trigger on %s'
               ' to %I.', current_user, part.relid, part.relid, current_user)
        from (select target as relid
               union
              select leaf.relid from pg_partition_tree(target) as leaf where leaf.isleaf) as part
       where not has_table_privilege(part.relid, 'TRIGGER')
       limit 1)
    end
    from pg_class as relation
   where relation.oid = target
$$;

revoke all on function puck.refusal(regclass) from public;

-- What keeps a role from reading a table's starting state.
-- Parameters:  target, reader
-- Returns:     problem and fix; no row when there is none
create or replace function puck.starting_problem(target regclass, reader name)
returns table (problem text, fix text)
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select format('role %I may not read it, which its starting state needs', reader),
         concat_ws('; ',
           case when not has_schema_privilege(reader, c.relnamespace, 'USAGE') then
             format('grant usage on schema %s to %I', c.relnamespace::regnamespace, reader) end,
           case when not has_table_privilege(reader, c.oid, 'SELECT') then
             format('grant select on %s to %I', target, reader) end)
    from pg_class as c
   where c.oid = target
     and not (has_schema_privilege(reader, c.relnamespace, 'USAGE')
              and has_table_privilege(reader, c.oid, 'SELECT'))
   union all
  select format('row-level security may hide rows from role %I, which its starting state needs',
           reader),
         format('alter role %I bypassrls', reader)
    from pg_class as c
    join pg_roles as r on r.rolname = reader
   where c.oid = target and c.relrowsecurity
     and not r.rolsuper and not r.rolbypassrls
     and (c.relforcerowsecurity or not pg_has_role(reader, c.relowner, 'USAGE'))
$$;

revoke all on function puck.starting_problem(regclass, name) from public;
