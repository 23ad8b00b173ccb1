-- Writes what an event says, if it is newer.
-- KEYS[1]: the entry. ARGV: 1 version, 2 entry, 3 xid, 4 committed, 5 end, 6 from,
-- 7 whether a key without an entry is known to be gone, 1 or 0.
-- Returns 0 stale, 1 written, 2 known to the truth.
local head = redis.call('GETRANGE', KEYS[1], 0, 47)
if head == '' then
  if ARGV[7] == '1' then
    return 2
  end
elseif ARGV[1] <= string.sub(head, 13, 44) then
  return 0
elseif string.sub(head, 48, 48) == 's' then
  local was = load(KEYS[1])
  if was and sees(was.snapshot, ARGV[3], ARGV[4]) then
    redis.call('SET', KEYS[1], of_truth(ARGV[1], was.snapshot, ARGV[6], was.rest), 'KEEPTTL')
    return 2
  end
end
put(KEYS[1], ARGV[2], ARGV[5])
return 1
