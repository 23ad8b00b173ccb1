-- artist.sql: a table of artists, and how a new version of all of it is loaded.
--
-- Purpose:  a museum publishes its list of artists as a CSV file, again and again. A load brings the
--           table to what the file says, in one transaction, and writes only the rows that differ:
--           whoever follows the table (puck watch museum.artist) gets an event for each of those,
--           and none for the others.
-- Objects:  schema museum; table museum.artist; functions museum.stage_artist() and
--           museum.merge_artist(text)
-- Usage:    psql -v ON_ERROR_STOP=1 -f sql/batch/artist.sql
--           May be run again: rows that exist are left as they are. Then, with psql, for each file
--             begin;
--             select museum.stage_artist();
--             \copy pg_temp.artist_staging from artists.csv with (format csv, header true)
--             select * from museum.merge_artist();
--             commit;
--           and likewise over JDBC, with copy … from stdin and the driver's CopyManager.
--           A header is required: the byte order mark before it is skipped with it.
-- Needs:    PostgreSQL 14 or newer; for a load, the right to write museum.artist and to make
--           temporary tables.

create schema if not exists museum;

--   bio                  nationality and years in one, for people
--   begin_year, end_year as the museum writes them: 0 where it knows none
--   wiki_qid, ulan       the artist's ids at Wikidata and in the Union List of Artist Names
create table if not exists museum.artist
 (
   constituentid  bigint primary key,
   name           text not null,
   bio            text,
   nationality    text,
   gender         text,
   begin_year     int,
   end_year       int,
   wiki_qid       text,
   ulan           text
 );

-- stage_artist(): makes the temporary table that a file's rows are copied into, with its columns in
-- the file's order; it goes with the transaction. A file with an id twice is refused by its key.
create or replace function museum.stage_artist() returns void
language plpgsql
set search_path = pg_catalog
as $$
begin
  create temporary table artist_staging
   (
     constituentid  bigint primary key,
     name           text not null,
     bio            text,
     nationality    text,
     gender         text,
     begin_year     int,
     end_year       int,
     wiki_qid       text,
     ulan           text
   )
   on commit drop;
end
$$;

-- merge_artist(null_text): makes museum.artist equal to what was staged.
--
--   null_text  the text by which the file says that it has no value, besides an empty field; null, the
--              default, for none, so that the word NULL, which older files write, is a text as others
--   Returns  how many rows were inserted, updated and deleted
--   Raises   object_not_in_prerequisite_state (55000) if nothing is staged, as by an empty file, or
--            if the transaction is not read committed
--   Locks    museum.artist against all other writers until the commit; readers go on
--
-- Two loads at once must not mix: each would compare with a table that the other is about to change,
-- then both would insert the same new row (23505), or rows of both files be left. "on conflict do
-- nothing" cures the first only. So the second waits, by the lock, until the first has committed,
-- and then compares with what that has made: share row exclusive excludes itself and every writer.
-- At repeatable read it would still compare with what was there when its transaction began.
--
-- The three changes are one statement, hence of one snapshot. (merge has no branch for rows that the
-- source lacks before PostgreSQL 17.) Rows are compared by "is distinct from": most of what changes
-- here changes between a value and null, where "<>" is neither true nor false.
create or replace function museum.merge_artist(
  null_text text default null,
  out inserted bigint, out updated bigint, out deleted bigint)
language plpgsql
set search_path = pg_catalog
as $$
begin
  if current_setting('transaction_isolation') <> 'read committed' then
    raise exception 'museum.merge_artist() needs a transaction at read committed, not at %',
        current_setting('transaction_isolation')
      using errcode = 'object_not_in_prerequisite_state',
            hint = 'A load that waited for another must see what that one committed.';
  end if;
  if not exists (select from pg_temp.artist_staging) then
    raise exception 'no artist is staged'
      using errcode = 'object_not_in_prerequisite_state',
            hint = 'Copy a file into pg_temp.artist_staging first. To empty museum.artist, delete its rows.';
  end if;

  lock table museum.artist in share row exclusive mode;

  with fresh as (
    select constituentid,
           name,
           nullif(bio, null_text) as bio,
           nullif(nationality, null_text) as nationality,
           nullif(gender, null_text) as gender,
           begin_year,
           end_year,
           nullif(wiki_qid, null_text) as wiki_qid,
           nullif(ulan, null_text) as ulan
      from pg_temp.artist_staging
  ),
  gone as (
    delete from museum.artist
     where not exists (select from fresh where fresh.constituentid = artist.constituentid)
    returning 1
  ),
  changed as (
    update museum.artist
       set (name, bio, nationality, gender, begin_year, end_year, wiki_qid, ulan)
         = row (fresh.name, fresh.bio, fresh.nationality, fresh.gender,
                fresh.begin_year, fresh.end_year, fresh.wiki_qid, fresh.ulan)
      from fresh
     where fresh.constituentid = artist.constituentid
       and (artist.name, artist.bio, artist.nationality, artist.gender,
            artist.begin_year, artist.end_year, artist.wiki_qid, artist.ulan)
           is distinct from
           (fresh.name, fresh.bio, fresh.nationality, fresh.gender,
            fresh.begin_year, fresh.end_year, fresh.wiki_qid, fresh.ulan)
    returning 1
  ),
  added as (
    insert into museum.artist
      (constituentid, name, bio, nationality, gender, begin_year, end_year, wiki_qid, ulan)
    select constituentid, name, bio, nationality, gender, begin_year, end_year, wiki_qid, ulan
      from fresh
     where not exists
             (select from museum.artist where artist.constituentid = fresh.constituentid)
    returning 1
  )
  select (select count(*) from added),
         (select count(*) from changed),
         (select count(*) from gone)
    into inserted, updated, deleted;
end
$$;
