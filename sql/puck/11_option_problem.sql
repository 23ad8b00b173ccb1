-- 11_option_problem.sql: what is wrong with the options to watch a table.
--
-- Purpose:     say so with the way out, rather than capture something else than was meant.
-- Parameters:  as of puck.watch
-- Returns:     the first problem and its fix; null when there is none
-- Tables:      the catalog only

create or replace function puck.option_problem(
  target regclass, columns text[], exclude text[], mask jsonb, generated boolean)
returns text
language plpgsql
stable
set search_path = pg_catalog, pg_temp
as $$
declare
  key_columns constant text[] := puck.key_columns(target);
  name text;
  rule jsonb;
begin
  if columns is not null and exclude is not null then
    return 'both columns and exclude are given. Give one of them.';
  end if;
  if jsonb_typeof(mask) <> 'object' then
    return format('mask is %s. Give an object, such as {"email": {"hash": "sha256"}}.', mask);
  end if;

  for name in
    select unnest(columns)
     union
    select unnest(exclude)
     union
    select jsonb_object_keys(mask)
  loop
    if not exists (
         select from pg_attribute as a
          where a.attrelid = target and a.attname = name and a.attnum > 0 and not a.attisdropped)
    then
      return format('it has no column %s. Columns are case-sensitive here, and not quoted.',
        coalesce(quote_literal(name), 'null'));
    end if;
  end loop;

  foreach name in array key_columns loop
    if name = any (exclude) or name <> all (columns) then
      return format('column %I is of the primary key, which every event bears. Capture it.', name);
    end if;
  end loop;

  for name, rule in
    select m.key, m.value from jsonb_each(mask) as m
  loop
    if jsonb_typeof(rule) = 'array'
       or jsonb_typeof(rule) = 'object' and rule <> '{"hash": "sha256"}' then
      return format('mask of column %I is %s. Give null, a constant or {"hash": "sha256"}.',
        name, rule);
    end if;
    if name = any (key_columns) and jsonb_typeof(rule) <> 'object' then
      return format('column %I is of the primary key: masked by %s, all rows are one. Use'
        ' {"hash": "sha256"}.', name, rule);
    end if;
  end loop;

  select a.attname into name
    from pg_attribute as a
   where a.attrelid = target and a.attgenerated = 'v' and not a.attisdropped
     and (a.attname = any (columns)
          or columns is null and generated and a.attname <> all (coalesce(exclude, '{}')))
   limit 1;
  if found then
    return format('generated column %I is virtual, which triggers do not see. Exclude it.', name);
  end if;
  return null;
end
$$;

revoke all on function puck.option_problem(regclass, text[], text[], jsonb, boolean) from public;
