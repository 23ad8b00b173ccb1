-- 19_starting_rows.sql: the rows that a watched table has already.
--
-- Purpose:     the table's starting state, in steps of a bounded number of rows: each step follows
--              the one before by the primary key.
-- Parameters:  table_id   puck.watched.id
--              after_key  the position of the last row that the step before returned; null to start
--              max_rows   at most so many rows; null for all
-- Returns:     relid     the table or partition that holds the row
--              capture   puck.capture's id
--              details   as the outbox has them: null where the row is as its capture says
--              new_row   as the capture of an insert writes it; only a partition whose columns are
--                        in another order than the table's has them in the table's here
--              position  where the row is, to go on after it
--              in the order of the primary key. It was the last step when there are fewer than
--              max_rows rows, or when position is null. Without a primary key (or with one that is
--              no valid b-tree index) there are no steps: all rows come, whatever max_rows says
--              (larger than work_mem, they are in a temporary file meanwhile), without position.
-- Tables:      reads puck.watched, the table, and what its row filter reads
-- Rights:      execute: puck_bridge. Runs as the outbox's owner, who needs SELECT on the table (see
--              puck.findings()), and fails where row-level security would hide rows from it.
-- Usage:       in a repeatable read transaction, whose snapshot tells which changes of the outbox
--              come before these rows.
--
-- The position bears the key's columns as they are, even those that the watch masks: unlike new_row
-- it is not for events. It is kept in the bridge's checkpoint in Kafka, until the starting
-- state is complete.
--
-- It holds the text of each column by the type's own output, since the JSON of a value cannot always
-- be read back as one of its type, and it is compared by the operators of the primary key's index,
-- wherever they are: found by name, those of another type may be taken, which order otherwise.

-- How to go on in a table by its primary key.
-- Parameters:  target; position  of the last row, null for none
-- Returns:     columns   SQL of the key's columns; the table's alias is new
--              place     SQL for a row's position
--              beyonds   SQL conditions: a row beyond the position fulfils one of them, and those
--                        that fulfil an earlier one come first; each is one range of the index
--              no row where the table has no key to go on by
create or replace function puck.starting_order(target regclass, "position" json)
returns table (columns text, place text, beyonds text[])
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with recursive part as (
    select k.ordinality as number, a.attname, a.atttypid, a.attcollation, opclass.opcfamily,
           opclass.opcintype
      from pg_index as index
      join pg_class as c on c.oid = index.indexrelid
      join pg_am as am on am.oid = c.relam and am.amname = 'btree'
     cross join unnest(index.indkey::smallint[], index.indclass::oid[])
             with ordinality as k (attnum, opclass, ordinality)
      join pg_attribute as a on a.attrelid = index.indrelid and a.attnum = k.attnum
      join pg_opclass as opclass on opclass.oid = k.opclass
     where index.indrelid = target and index.indisprimary and index.indisvalid
       and k.ordinality <= index.indnkeyatts
  ),
  -- A domain may by now refuse values that it had taken.
  base (number, type) as (
    select part.number, part.atttypid
      from part
     union all
    select base.number, t.typbasetype
      from base
      join pg_type as t on t.oid = base.type and t.typtype = 'd'
  ),
  comparison as (
    select part.number,
           format('new.%I', part.attname) as name,
           part.attname,
           format('new.%I operator(%I.%s) %L::%s%s', part.attname, n.nspname, o.oprname,
             "position" ->> part.attname, format_type(t.oid, -1),
             (select format(' collate %I.%I', cn.nspname, used.collname)
                from pg_collation as used
                join pg_namespace as cn on cn.oid = used.collnamespace
               where used.oid = part.attcollation)) as condition,
           op.amopstrategy as strategy
      from part
      join base on base.number = part.number
      join pg_type as t on t.oid = base.type and t.typtype <> 'd'
      join pg_amop as op
        on op.amopfamily = part.opcfamily and op.amoplefttype = part.opcintype
       and op.amoprighttype = part.opcintype
      join pg_operator as o on o.oid = op.amopopr
      join pg_namespace as n on n.oid = o.oprnamespace
     where op.amopstrategy in (3, 5) -- equal, greater
  ),
  beyond as (
    select greater.number,
           concat_ws(' and ',
             (select string_agg(equal.condition, ' and ' order by equal.number)
                from comparison as equal
               where equal.number < greater.number and equal.strategy = 3),
             greater.condition) as condition
      from comparison as greater
     where greater.strategy = 5
  )
  select string_agg(c.name, ', ' order by c.number),
         format('json_build_object(%s)::text',
           string_agg(format('%L, concat(%s)', c.attname, c.name), ', ' order by c.number)),
         case when "position" is null then '{true}'
              else (select array_agg(beyond.condition order by beyond.number desc) from beyond)
         end
    from comparison as c
   where c.strategy = 5
  having count(*) > 0
$$;

revoke all on function puck.starting_order(regclass, json) from public;

create or replace function puck.starting_rows(table_id integer, after_key text, max_rows integer)
returns table (relid oid, capture integer, details puck.details, new_row text, "position" text)
language plpgsql
stable
security definer
set search_path = pg_catalog, pg_temp
set row_security = off
set bytea_output = 'hex'
set datestyle = 'ISO, YMD'
set extra_float_digits = 1
set intervalstyle = 'iso_8601'
set lc_monetary = 'C'
set timezone = 'UTC'
as $$
#variable_conflict use_column
declare
  watched puck.watched;
  problem record;
  key_order record;
  captured puck.capture;
  table_fields puck.field[];
  layout record;
  altered boolean;
  beyond text;
  remaining integer := max_rows;
  step_rows integer;
begin
  select * into watched from puck.watched as w where w.id = table_id;
  if not found or not exists (select from pg_class as c where c.oid = watched.relation) then
    raise exception using errcode = 'undefined_table',
      message = format('puck.starting_rows: table_id is %s, which is no watched table', table_id),
      hint = 'See puck.watched, and puck.findings().';
  end if;
  if max_rows < 1 then
    raise exception using errcode = 'invalid_parameter_value',
      message = format('puck.starting_rows: max_rows is %s', max_rows), hint = 'Give 1 or more.';
  end if;
  for problem in select * from puck.starting_problem(watched.relation, current_user) loop
    raise exception using errcode = 'insufficient_privilege',
      message = format('Table %s: %s', watched.relation, problem.problem),
      hint = format('Run: %s', problem.fix);
  end loop;

  select * into key_order from puck.starting_order(watched.relation, after_key::json);
  if after_key is not null and (
       key_order.place is null
       or array(select json_object_keys(after_key::json))
          <> puck.key_columns(watched.relation)) then
    raise exception using errcode = 'invalid_parameter_value',
      message = format('puck.starting_rows: after_key is no position in table %s, whose primary key'
        ' is (%s)', watched.relation,
        array_to_string(puck.key_columns(watched.relation), ', ')),
      hint = 'The primary key was changed: start again with null.';
  end if;
  if key_order.place is null then
    remaining := null;
  end if;

  select * into strict captured
    from puck.capture as c
   where c.watched_id = table_id and c.version = watched.version;

  foreach beyond in array coalesce(key_order.beyonds, '{true}') loop
    if table_fields is null then
      -- By a row: the catalog may be seen as it was before the table was altered.
      execute format('select puck.fields_in(new, %s) from %s as new where %s %s limit 1',
        watched.relation::oid, watched.relation, beyond, 'order by ' || key_order.columns)
        into table_fields;
      continue when table_fields is null;
      altered := table_fields <> captured.table_fields
        -- There may be one by now, or one of the partition's.
        or (captured.key_columns = '{}' and (
              puck.key_columns(watched.relation) <> '{}'
              or exists (
                select from pg_class as c where c.oid = watched.relation and c.relkind = 'p')));
      select * into strict layout
        from puck.layout(table_fields, watched.known_columns, watched.left_out, watched.mask,
               watched.only_columns is not null);
    end if;

    return query execute format($sql$
      select image.relid, %s, %s, image.new_image, image.place
        from (select page.relid, %s as new_image, page.place
                from (select new, new.tableoid as relid, %s as place
                        from %s as new
                       where (%s
                             ) and %s
                       %s
                       limit $1) as page
              offset 0) as image
      $sql$,
      captured.id,
      case
        when altered then
          format('puck.altered_details(%L, image.relid, %L, %L, %L, %L, %L)',
            table_fields, watched.key_columns, watched.known_columns, watched.left_out,
            watched.mask, watched.only_columns is not null)
        else 'null::puck.details'
      end,
      case
        when layout.fields = table_fields then 'page.new::text'
        else format('puck.image(page.new::text, %L)', layout.places)
      end,
      coalesce(key_order.place, 'null::text'),
      watched.relation,
      coalesce(watched.filter, 'true'),
      beyond,
      'order by ' || key_order.columns)
      using remaining;
    get diagnostics step_rows = row_count;
    remaining := remaining - step_rows;
    exit when remaining = 0;
  end loop;
end
$$;

revoke all on function puck.starting_rows(integer, text, integer) from public;
