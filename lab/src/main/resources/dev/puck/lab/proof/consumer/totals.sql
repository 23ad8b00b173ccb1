-- The statement of the summary that the proof looks at: counts and sums of prove.account by group,
-- from the rows before and after each change.
insert into :target as t (grp, changes, rows, vers, eids)
select case when row.id < 0 then row.id else row.id % 8 end,
       count(*) filter (where each.sign = 1 or event.after is null),
       sum(each.sign), sum(each.sign * row.ver), sum(each.sign * row.eid)
  from jsonb_to_recordset(:events) as event(before jsonb, after jsonb)
 cross join lateral (values (event.before, -1), (event.after, 1)) as each(image, sign)
 cross join lateral jsonb_to_record(each.image) as row(id bigint, ver bigint, eid bigint)
 where each.image is not null
 group by 1
 order by 1
    on conflict (grp) do update
   set changes = t.changes + excluded.changes,
       rows = t.rows + excluded.rows,
       vers = t.vers + excluded.vers,
       eids = t.eids + excluded.eids
