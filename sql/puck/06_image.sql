-- 06_image.sql: a row as it may leave the database.
--
-- Purpose:     leave out and mask columns of a captured row. Fails closed: where a column that was
--              left out or masked is gone, it may live on under a new name, so then only columns
--              that were known are kept, until the table is watched again.
-- Parameters:  raw         the row, by row_to_json(): values keep their very text
--              known       columns there were when the table was watched
--              left_out    columns that must not leave
--              mask        column to null, a constant or {"hash": "sha256"}
--              only_known  whether later columns are left out, too
-- Returns:     the row as JSON object
-- Tables:      reads puck.installation, whose id salts the hashes

create or replace function puck.image(
  raw json, known text[], left_out text[], mask jsonb, only_known boolean)
returns json
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  with field as (
    select f.key, f.value, f.ordinality
      from json_each(raw) with ordinality as f
  ),
  named as (
    select only_known or exists (
             select unnest(left_out)
              union all
             select jsonb_object_keys(mask)
             except all
             select field.key from field) as only_those
  )
  select ('{'
           || coalesce(string_agg(
                to_json(field.key)::text || ':'
                  || case
                       when not mask ? field.key then field.value::text
                       when jsonb_typeof(mask -> field.key) = 'object' then
                         case when json_typeof(field.value) = 'null' then 'null'
                              else to_json(encode(sha256(convert_to(
                                     (select installation.id::text from puck.installation)
                                       || (field.value #>> '{}'), 'UTF8')), 'hex'))::text
                         end
                       else (mask -> field.key)::text
                     end,
                ',' order by field.ordinality), '')
           || '}')::json
    from field, named
   where field.key <> all (left_out)
     and (not named.only_those or field.key = any (known))
$$;

revoke all on function puck.image(json, text[], text[], jsonb, boolean) from public;

-- The expression for a row's image under a table's options.
-- Parameters:  watched  the table; source  SQL for the row
-- Returns:     SQL of type json
create or replace function puck.image_sql(watched puck.watched, source text)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select case
    when watched.only_columns is null and watched.left_out = '{}' and watched.mask = '{}' then
      format('row_to_json(%s)', source)
    else
      format('puck.image(row_to_json(%s), %L, %L, %L, %L)', source, watched.known_columns,
        watched.left_out, watched.mask, watched.only_columns is not null)
    end
$$;

revoke all on function puck.image_sql(puck.watched, text) from public;
