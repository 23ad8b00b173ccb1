-- Counters per message: the statement of a summary.
--
-- Purpose:  merge one poll's events into the table of counters.
-- Template: :events is a JSON array of payloads, such as
--           [{"messageid": 1, "rts": 1, "favs": 0}, {"messageid": 1, "rts": -1, "favs": 0}];
--           :target is the table, twcache.counters or another like it (sql/cache/counters.sql).
-- Returns:  nothing.
--
-- Rows are taken in the order of messageid, so that two processes with different partitions never
-- wait for each other in a circle. A count that an event leaves out is none.

insert into :target as counters (messageid, rts, favs)
     select messageid, sum(coalesce(rts, 0)), sum(coalesce(favs, 0))
       from jsonb_to_recordset(:events) as event(messageid bigint, rts bigint, favs bigint)
   group by messageid
   order by messageid
on conflict (messageid)
  do update
        set rts = counters.rts + excluded.rts,
            favs = counters.favs + excluded.favs;
