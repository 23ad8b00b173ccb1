-- The consumer's jobs: when each is due, whether it is paused, and what its runs did.
--
-- Purpose:  create the schema puck_consumer and the tables of its jobs; harmless to run again.
-- Needs:    the right to create a schema in this database. Where the consumer's role lacks it, run
--           this once as a role that has it, and grant usage on the schema and select, insert,
--           update and delete on the tables.
-- Usage:    run by the consumer at start if a table is missing; by hand: psql -f this file
--
-- In all of them a job is CONSUMER.JOB. While a job runs, its session holds the advisory lock
-- hashtextextended('puck_consumer.job ' || job, 0): that, and not what a table says, is why it never
-- runs twice at once, even if the process that runs it was given up for dead.

begin;

-- Two processes may start at once, and "if not exists" alone does not keep them apart.
select pg_advisory_xact_lock(hashtext('puck_consumer'));

create schema if not exists puck_consumer;

-- db-scheduler's table, as that library defines it: a row for each job, execution_time is when it is
-- due next, and picked who runs it.
create table if not exists puck_consumer.scheduled_task
 (
   task_name             text        not null,
   task_instance         text        not null,
   task_data             bytea,
   execution_time        timestamptz not null,
   picked                boolean     not null,
   picked_by             text,
   last_success          timestamptz,
   last_failure          timestamptz,
   consecutive_failures  int,
   last_heartbeat        timestamptz,
   version               bigint      not null,
   priority              smallint,

   primary key (task_name, task_instance)
 );

--   paused           runs only when asked to
--   requested        somebody asked for the next run
--   overdue          how many of its times passed without a run that began for them
--   last_success_at  end of the last run that succeeded, also when the history has forgotten it
create table if not exists puck_consumer.job
 (
   job              text    primary key,
   paused           boolean not null default false,
   requested        boolean not null default false,
   overdue          bigint  not null default 0,
   last_success_at  timestamptz
 );

-- The history, of which each job keeps the newest runs.
--
--   trigger      schedule, or request
--   outcome      null while it runs; succeeded, failed, cancelled, timed-out, or lost where its
--                process ended before it could say
--   rows         written or read by the statement; of a refresh, in the view afterwards
--   overdue      how many of the job's times had passed by the end of this run
--   note         what whoever reads the history should know, such as why readers were locked out
create table if not exists puck_consumer.job_run
 (
   id           bigint generated always as identity primary key,
   job          text        not null,
   trigger      text        not null,
   process      text        not null,
   started_at   timestamptz not null default clock_timestamp(),
   finished_at  timestamptz,
   outcome      text,
   rows         bigint,
   overdue      bigint      not null default 0,
   sqlstate     text,
   error        text,
   note         text
 );

create index if not exists job_run_job_idx on puck_consumer.job_run (job, id);

commit;
