-- Puts in what the truth says, unless the entry is newer.
-- KEYS[1]: the entry. ARGV: 1 snapshot, 2 end, 3 value.
-- Returns 1, or 0 if the entry is newer.
local was = load(KEYS[1])
if was and not is_seen_by(was, ARGV[1]) then
  return 0
end
local version = was and was.version or '00000000.000000000000.0000000000'
local from = was and was.from or 'null'
put(KEYS[1], of_truth(version, ARGV[1], from, '"value":' .. ARGV[3] .. '}'), ARGV[2])
return 1
