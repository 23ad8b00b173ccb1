-- Moves offsets, if all are as expected; and sees whether the cache is complete then.
-- KEYS[1]: the state, a hash. ARGV: 1 its id; then for each offset its field, what it must be
-- ('' for none) and what it becomes.
-- Returns 'lost' if the state is another one, 'moved' and the field if an offset is not as
-- expected, else 'done'.
local state = KEYS[1]
if redis.call('HGET', state, 'id') ~= ARGV[1] then
  return {'lost'}
end
for i = 2, #ARGV, 3 do
  if (redis.call('HGET', state, ARGV[i]) or '') ~= ARGV[i + 1] then
    return {'moved', ARGV[i]}
  end
end
for i = 2, #ARGV, 3 do
  redis.call('HSET', state, ARGV[i], ARGV[i + 2])
end
if redis.call('HGET', state, 'state') == 'complete' then
  return {'done'}
end
local flat = redis.call('HGETALL', state)
local fields = {}
for i = 1, #flat, 2 do
  fields[flat[i]] = flat[i + 1]
end
for field, value in pairs(fields) do
  local partition = string.match(field, '^end:(.*)$')
  if partition and tonumber(fields['next:' .. partition] or '-1') < tonumber(value) then
    return {'done'}
  end
end
redis.call('HSET', state, 'state', 'complete')
return {'done'}
