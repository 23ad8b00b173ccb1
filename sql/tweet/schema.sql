-- schema.sql: the demo application, a small tweeter.
--
-- Purpose:  characters of a play tweet their lines, and crowds retweet and favour them. Counting
--           those actions, quickly and correctly, is what caches and summaries are then built for.
-- Objects:  schema tweet; type tweet.action_t; tables tweet.users, tweet.follower, tweet.message,
--           tweet.activity; index activity_messageid_idx.
-- Usage:    psql -v ON_ERROR_STOP=1 -f sql/tweet/schema.sql
--           May be run again: what exists is left as it is. Runs inside a transaction too.
--           Loaded after it, each as wanted: message_with_counters.sql (the counters, computed),
--           notify.sql (a trigger that notifies), dream-users.sql (one play's users).
-- Needs:    PostgreSQL 14 or newer.

create schema if not exists tweet;

-- What one can do to a message: retweet it, favour it, and take either back.
do $$
begin
  if pg_catalog.to_regtype('tweet.action_t') is null then
    create type tweet.action_t as enum ('rt', 'fav', 'de-rt', 'de-fav');
  end if;
end
$$;

-- Who tweets. A play's speakers are matched to uname or nickname without regard to case.
--
--   uname     the full name, one user each, such as Peter Quince
--   nickname  what others call them, such as Quince
--   picture   where their portrait is found
create table if not exists tweet.users (
  userid   bigint generated always as identity primary key,
  uname    text not null unique,
  nickname text,
  bio      text,
  picture  text
);

-- Who reads whom: one row says that the user follower follows the user following.
create table if not exists tweet.follower (
  follower  bigint not null references tweet.users (userid),
  following bigint not null references tweet.users (userid),

  primary key (follower, following),
  check (follower <> following)
);

-- What was tweeted. The ids of a play are in the order of its speeches, from 1 in a new database.
--
--   rts, favs  counters kept in place, for those who update them with every action. Nothing here
--              does: tweet.message_with_counters computes them from tweet.activity instead.
--   lang       language of the text, such as en
create table if not exists tweet.message (
  messageid bigint generated always as identity primary key,
  userid    bigint not null references tweet.users (userid),
  datetime  timestamptz not null default now(),
  message   text not null,
  favs      bigint not null default 0,
  rts       bigint not null default 0,
  location  point,
  lang      text,
  url       text
);

-- What was done to messages: rows are only added, so writers never wait for one another here.
-- There is no unique constraint on (messageid, datetime, action): two readers can do the same to
-- the same message in the same microsecond, and both count.
create table if not exists tweet.activity (
  id        bigint generated always as identity primary key,
  messageid bigint not null references tweet.message (messageid),
  datetime  timestamptz not null default now(),
  action    tweet.action_t not null
);

create index if not exists activity_messageid_idx on tweet.activity (messageid);
