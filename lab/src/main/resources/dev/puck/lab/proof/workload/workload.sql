-- The tables that the proof's writers change. Every row bears eid, the number of the event that made
-- it, so that changes can be told apart without asking the bridge; and ver, which goes up under the
-- row's lock. What the WAL has of a row before its change is all of it, but for the table that shows
-- what happens where it is not.

create schema prove;
create sequence prove.eid;
create sequence prove.id start 1000;

-- Not captured: what only the truth knows.
create table prove.sent (
  eid     bigint not null default nextval('prove.eid'),
  channel text   not null,
  key     text,
  payload text   not null
);
create table prove.watched (name text not null);

create table prove.canary (
  id integer primary key, ver bigint not null,
  eid bigint not null default nextval('prove.eid'), note text
);

-- Hot rows below 1000, and rows that come and go above.
create table prove.account (
  id integer primary key, ver bigint not null,
  eid bigint not null default nextval('prove.eid'), note text,
  amount numeric(12, 2), active boolean
);

-- The user's own trigger changes other rows that the same statement changes, too: their changes are
-- captured inside out.
create table prove.nest (
  id integer primary key, ver bigint not null,
  eid bigint not null default nextval('prove.eid'), note text
);
create function prove.ripple() returns trigger language plpgsql as $$
begin
  if new.id % 4 = 0 and pg_trigger_depth() = 1 then
    update prove.nest
       set ver = ver + 1, eid = nextval('prove.eid'), note = 'ripple'
     where id in (new.id + 1, new.id + 2);
  elsif new.id % 4 = 1 and pg_trigger_depth() = 2 then
    update prove.nest
       set ver = ver + 1, eid = nextval('prove.eid'), note = 'ripple of a ripple'
     where id = new.id + 2;
  end if;
  return null;
end
$$;
create trigger ripple after update on prove.nest for each row execute function prove.ripple();

create table prove.parted (
  id integer, region integer, ver bigint not null,
  eid bigint not null default nextval('prove.eid'), note text,
  primary key (id, region)
) partition by list (region);
create table prove.parted_0 partition of prove.parted for values in (0);
create table prove.parted_1 partition of prove.parted for values in (1);
create table prove.parted_2 partition of prove.parted default;

create table prove.emptied (
  id integer primary key, ver bigint not null,
  eid bigint not null default nextval('prove.eid'), note text
);

create table prove.copied (
  id integer primary key default nextval('prove.id'), ver bigint not null,
  eid bigint not null default nextval('prove.eid'), note text
);

create table prove.journal (
  id integer, ver bigint not null,
  eid bigint not null default nextval('prove.eid'), note text
);

-- Too long for a page, and not compressed: an update of another column leaves the body alone.
create table prove.large (
  id integer primary key, ver bigint not null,
  eid bigint not null default nextval('prove.eid'), note text, body text
);
alter table prove.large alter body set storage external;

-- The same, where the WAL has of the row before its key alone.
create table prove.keyed (
  id integer primary key, ver bigint not null,
  eid bigint not null default nextval('prove.eid'), note text, body text
);
alter table prove.keyed alter body set storage external;

alter table prove.canary   replica identity full;
alter table prove.account  replica identity full;
alter table prove.nest     replica identity full;
alter table prove.parted   replica identity full;
alter table prove.parted_0 replica identity full;
alter table prove.parted_1 replica identity full;
alter table prove.parted_2 replica identity full;
alter table prove.emptied  replica identity full;
alter table prove.copied   replica identity full;
alter table prove.journal  replica identity full;
alter table prove.large    replica identity full;
