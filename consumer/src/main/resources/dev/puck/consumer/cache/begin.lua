-- Makes the state of a cache that has none.
-- KEYS[1]: the state, a hash. ARGV: its fields and their values.
-- Returns 1, or 0 if there is a state.
if redis.call('EXISTS', KEYS[1]) == 1 then
  return 0
end
redis.call('HSET', KEYS[1], unpack(ARGV))
return 1
