-- 05_publish.sql: publish a message with the transaction.
--
-- Purpose:     the application's way to send a message of its own to Kafka.
-- Parameters:  channel  where to; 1 to 63 bytes without control characters, as in NOTIFY
--              payload  text or JSON; null, with a key, deletes what is downstream under that key
--              key      messages of one key keep their order, if the caller's transactions do
--              headers  JSON object of strings; names that start with puck. are Puck's
-- Returns:     the message's id in the outbox; null where it goes to the WAL only
-- Tables:      adds to puck.outbox_0, puck.outbox_1 or puck.outbox_2, or to the WAL, or to both: see
--              puck.publish_to
-- Setting:     puck.wake = off, in a session or transaction, does not wake the bridge: it comes with
--              its next slow poll. A transaction that notified cannot be prepared.
-- Rights:      execute: puck_writer. Runs as the outbox's owner, with everything that names or text
--              could depend on fixed.

-- Where puck.publish writes to: outbox, wal or both. A function, so that PostgreSQL has the answer in the
-- plans of puck.publish, and forgets them when it is replaced. What is there already is kept.
do $$
begin
  if to_regprocedure('puck.publishes_to()') is null then
    create function puck.publishes_to()
    returns text
    language sql
    stable
    as 'select ''outbox''::pg_catalog.text';
    revoke all on function puck.publishes_to() from public;
  end if;
end
$$;

-- Purpose:     say where puck.publish writes to from now on.
-- Parameters:  target  outbox, for a bridge with source: outbox; wal, for one with source: wal; both, while
--                      a bridge is moved from one to the other
-- Rights:      the outbox's owner. A transaction that published before this committed may still
--              write to where it went then.
create or replace function puck.publish_to(target text)
returns void
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
begin
  if target is null or target not in ('outbox', 'wal', 'both') then
    raise exception using
      errcode = 'invalid_parameter_value',
      message = format('puck.publish_to: target is %s', coalesce(quote_literal(target), 'null')),
      hint = 'Give outbox, wal or both.';
  end if;
  execute format(
    $sql$create or replace function puck.publishes_to() returns text language sql stable
         as 'select %s::pg_catalog.text'$sql$,
    replace(quote_literal(target), $q$'$q$, $q$''$q$));
end
$$;

revoke all on function puck.publish_to(text) from public;

create or replace function puck.publish(
  channel text, payload text, key text default null, headers jsonb default null)
returns bigint
language plpgsql
security definer
set search_path = pg_catalog, pg_temp
as $$
declare
  current_table constant bigint := coalesce(pg_sequence_last_value('puck.state'), 0) & 3;
  message_id bigint;
begin
  if channel is null or channel = '' or octet_length(channel) > 63 or channel ~ '[[:cntrl:]]' then
    raise exception using
      errcode = 'invalid_parameter_value',
      message = format('puck.publish: channel is %s', coalesce(quote_literal(channel), 'null')),
      hint = 'A channel has 1 to 63 bytes, and no control characters.';
  end if;
  if channel = 'puck_wake' then
    raise exception using
      errcode = 'reserved_name',
      message = 'puck.publish: channel ''puck_wake'' is Puck''s own',
      hint = 'Choose another name.';
  end if;
  if payload is null and key is null then
    raise exception using
      errcode = 'null_value_not_allowed',
      message = 'puck.publish: payload and key are both null',
      hint = 'A null payload deletes what its key names; give a key, or a payload.';
  end if;
  if headers is not null then
    if jsonb_typeof(headers) <> 'object' then
      raise exception using
        errcode = 'invalid_parameter_value',
        message = format('puck.publish: headers are a JSON %s', jsonb_typeof(headers)),
        hint = 'Give an object of strings, such as {"trace": "4bf92f35"}.';
    end if;
    if exists (
         select from jsonb_each(headers) as header
          where jsonb_typeof(header.value) <> 'string' or starts_with(header.key, 'puck.')) then
      raise exception using
        errcode = 'invalid_parameter_value',
        message = format('puck.publish: headers are %s', headers),
        hint = 'Values must be strings, and names must not start with "puck.".';
    end if;
  end if;

  if puck.publishes_to() <> 'outbox' then
    perform pg_logical_emit_message(true, 'puck:' || channel, convert_to(
      json_build_object('payload', payload, 'key', key, 'headers', headers)::text, 'UTF8'));
    if puck.publishes_to() = 'wal' then
      return null;
    end if;
  end if;

  if current_table = 0 then
    insert into puck.outbox_0 (payload, details)
    values (payload, row(channel, key, headers, null, null)) returning id into message_id;
  elsif current_table = 1 then
    insert into puck.outbox_1 (payload, details)
    values (payload, row(channel, key, headers, null, null)) returning id into message_id;
  else
    insert into puck.outbox_2 (payload, details)
    values (payload, row(channel, key, headers, null, null)) returning id into message_id;
  end if;

  -- Read after the row was added, never before: see puck.state.
  if coalesce(pg_sequence_last_value('puck.state'), 0) < 4
     and lower(coalesce(current_setting('puck.wake', true), '')) not in ('off', 'false', 'no', '0')
  then
    perform pg_notify('puck_wake', '');
  end if;
  return message_id;
end
$$;

-- The same for JSON, which then goes as it is written. These two run as their caller, and bring no
-- settings along, so that PostgreSQL can put the call above in their place.
create or replace function puck.publish(
  channel text, payload json, key text default null, headers jsonb default null)
returns bigint
language sql
as $$ select puck.publish(channel, payload::pg_catalog.text, key, headers) $$;

create or replace function puck.publish(
  channel text, payload jsonb, key text default null, headers jsonb default null)
returns bigint
language sql
as $$ select puck.publish(channel, payload::pg_catalog.text, key, headers) $$;

-- A token for reading one's own writes: a cache that is asked for a key with it answers once it
-- shows what this transaction had changed before the call. Best called last in the transaction.
--
-- Returns:  the token, which the bridge publishes to the topic puck.token when the transaction has
--           been relayed; it tells transaction and time.
-- Rights:   execute: puck_writer, as for puck.publish.
create or replace function puck.token()
returns text
language plpgsql
set search_path = pg_catalog, pg_temp
as $$
declare
  token constant text :=
    pg_current_xact_id()::text || '-'
      || (extract(epoch from clock_timestamp()) * 1000000)::bigint::text;
begin
  perform puck.publish('puck.token', token, token);
  return token;
end
$$;

revoke all on function puck.token() from public;
revoke all on function puck.publish(text, text, text, jsonb) from public;
revoke all on function puck.publish(text, json, text, jsonb) from public;
revoke all on function puck.publish(text, jsonb, text, jsonb) from public;
