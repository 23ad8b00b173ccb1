-- The table of that summary.
create table public.totals (
  grp     bigint primary key,
  changes numeric not null,
  rows    numeric not null,
  vers    numeric not null,
  eids    numeric not null
);
