-- Notes the truth that the entries are aligned to, unless that is a newer one.
-- KEYS[1]: the state, a hash. ARGV: 1 its id, 2 snapshot.
-- Returns 1, or 0 if the state is another one.
if redis.call('HGET', KEYS[1], 'id') ~= ARGV[1] then
  return 0
end
local function taken(snapshot)
  return tonumber(string.match(snapshot, '@(%d+)$'))
end
local was = redis.call('HGET', KEYS[1], 'aligned')
if not was or taken(was) < taken(ARGV[2]) then
  redis.call('HSET', KEYS[1], 'aligned', ARGV[2])
end
return 1
