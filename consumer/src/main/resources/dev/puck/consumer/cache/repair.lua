-- Puts what the truth says in the place of what was seen, unless that has changed.
-- KEYS[1]: the entry. ARGV: 1 the version that was seen ('' for no entry), 2 snapshot, 3 end,
-- 4 the members behind the head.
-- Returns 1, or 0 if the entry is another one now.
local was = load(KEYS[1])
local seen = ''
if was then
  seen = was.version
  if was.snapshot then
    seen = seen .. '@' .. string.match(was.snapshot, '@(%d+)$')
  end
end
if seen ~= ARGV[1] then
  return 0
end
local version = was and was.version or '00000000.000000000000.0000000000'
local from = was and was.from or 'null'
put(KEYS[1], of_truth(version, ARGV[2], from, ARGV[4]), ARGV[3])
return 1
