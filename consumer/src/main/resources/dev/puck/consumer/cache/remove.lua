-- Makes a tombstone of an entry that the truth does not have, unless it is newer.
-- KEYS[1]: the entry. ARGV: 1 snapshot, 2 end.
-- Returns how many entries it made one of.
local was = load(KEYS[1])
if not was or was.rest == '"deleted":true}' or not is_seen_by(was, ARGV[1]) then
  return 0
end
put(KEYS[1], of_truth(was.version, ARGV[1], was.from, '"deleted":true}'), ARGV[2])
return 1
