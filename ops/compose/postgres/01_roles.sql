-- Roles and databases of docker-compose.yml, each role with no more than it needs: docs/operations.md.
--
-- Run once, as superuser, by the image of PostgreSQL when its volume is empty.

\getenv password PUCK_PASSWORD

create role puck_writer nologin;
create role puck_bridge nologin;

-- owner: installs the schemas and captures tables.  relay: the bridge.
-- crowd: the application that writes.               consumer: the projections.
create role owner login password :'password';
create role relay login password :'password' in role puck_bridge;
create role crowd login password :'password' in role puck_writer;
create role consumer login password :'password' in role puck_writer;

create database tweeter owner owner;
create database downstream owner consumer;

\connect tweeter
set role owner;
create schema tweet;
create schema twcache;
grant usage on schema tweet to crowd, consumer;
grant usage on schema twcache to crowd;
alter default privileges in schema tweet grant select, insert, update on tables to crowd;
alter default privileges in schema tweet grant select on tables to consumer;
reset role;

\connect downstream
set role consumer;
\i /etc/puck/sql/cache/counters.sql
create materialized view twcache.top as
select messageid, rts, favs
  from twcache.counters
 order by rts desc, messageid
 limit 10;
create unique index on twcache.top (messageid);
reset role;
