-- The rows that the writers find.

insert into prove.canary (id, ver) values (1, 0);

insert into prove.account (id, ver, amount)
select id, 0, id from generate_series(1, 24) as id;
insert into prove.nest (id, ver)
select id, 0 from generate_series(0, 31) as id;

-- Rows of every partition that only a proof of consumers changes, to see whether changes flow.
insert into prove.account (id, ver)
select -n, 0 from generate_series(1, 12) as n;
