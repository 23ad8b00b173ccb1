-- Makes a tombstone of an entry that a truncate ends.
-- KEYS[1]: the entry. ARGV: 1 version, 2 tombstone, 3 xid, 4 committed, 5 end, 6 from,
-- 7 whether all events are of one topic, 1 or 0.
local was = load(KEYS[1])
if not was or was.version >= ARGV[1] then
  return 0
end
if was.from ~= ARGV[6] and not (was.from == 'null' and ARGV[7] == '1') then
  return 0
end
if was.snapshot and sees(was.snapshot, ARGV[3], ARGV[4]) then
  redis.call('SET', KEYS[1], of_truth(ARGV[1], was.snapshot, ARGV[6], was.rest), 'KEEPTTL')
  return 0
end
put(KEYS[1], ARGV[2], ARGV[5])
return 1
