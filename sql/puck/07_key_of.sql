-- 07_key_of.sql: the key of a captured row, by the catalog.
--
-- Purpose:     the primary key where its columns were not known when the table was watched: it got
--              one since, or a column of it was renamed.
-- Parameters:  relation  the table or partition that holds the row
--              image     the row
-- Returns:     JSON object of the primary key's columns as text; null without primary key
-- Tables:      the catalog only

create or replace function puck.key_of(relation oid, image json)
returns text
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select '{' || string_agg(
           to_json(attribute.attname)::text || ':'
             || coalesce((image -> attribute.attname::text)::text, 'null'),
           ',' order by part.ordinality) || '}'
    from pg_index as index
   cross join unnest(index.indkey::smallint[]) with ordinality as part (attnum, ordinality)
    join pg_attribute as attribute
      on attribute.attrelid = index.indrelid and attribute.attnum = part.attnum
   where index.indrelid = relation and index.indisprimary
     and part.ordinality <= index.indnkeyatts
$$;

revoke all on function puck.key_of(oid, json) from public;

-- The keys of a change, where the reader may not find them by itself: by the columns that were known
-- where they are there, else by the catalog.
-- Parameters:  relation  the table or partition that holds the row
--              columns   of the primary key, as they were known
--              old_image, new_image  the row before and after; one may be null
-- Returns:     key and old_key
create or replace function puck.keys_of(
  relation oid, columns text[], old_image json, new_image json)
returns puck.details
language sql
stable
set search_path = pg_catalog, pg_temp
as $$
  select row(null, coalesce(keys.new_key, keys.old_key),
           case when new_image is not null then keys.old_key end, null)::puck.details
    from (select case when old_image is not null then
                   coalesce(puck.key_in(old_image, columns), puck.key_of(relation, old_image))
                 end,
                 case when new_image is not null then
                   coalesce(puck.key_in(new_image, columns), puck.key_of(relation, new_image))
                 end
         offset 0) as keys (old_key, new_key)
$$;

revoke all on function puck.keys_of(oid, text[], json, json) from public;
