-- What the scripts that write entries have in common; it stands before each of them.
--
-- An entry is one JSON text with its members in a fixed order, so that a script finds them
-- without decoding the value. docs/caches.md shows it. Numbers are doubles here, which are exact
-- up to 2^53: more transactions than PostgreSQL gives out in a thousand years at 250,000 a second.

-- Whether the snapshot 'xmin:xmax:xip,...@micros' saw that transaction; as SourceSnapshot does.
local function sees(snapshot, xid, committed)
  if xid == 'null' then
    return false
  end
  local xmax, running, taken = string.match(snapshot, '^%d+:(%d+):([%d,]*)@(%d+)$')
  if tonumber(xid) >= tonumber(xmax) then
    return false
  end
  if string.find(',' .. running .. ',', ',' .. xid .. ',', 1, true) then
    return false
  end
  return committed == 'null' or tonumber(committed) <= tonumber(taken) + CLOCKS_APART_MICROS
end

-- The members of the entry at that key; nil if there is none.
local function load(key)
  local text = redis.pcall('GET', key)
  if type(text) ~= 'string' then
    return nil
  end
  local version, snapshot, from, rest =
    string.match(text, '^{"version":"([%d.]+)","snapshot":"([^"]*)","from":([^,]*),(.*)$')
  if version then
    return {version = version, snapshot = snapshot, xid = 'null', committed = 'null',
            from = from, rest = rest}
  end
  local xid, committed
  version, xid, committed, from, rest =
    string.match(text, '^{"version":"([%d.]+)","xid":(%w+),"committed":(%w+),"from":([^,]*),(.*)$')
  return version and {version = version, xid = xid, committed = committed,
                      from = from, rest = rest}
end

-- Whether a snapshot is at least as new as the entry; as MemoryEntry.isSeenBy does.
local function is_seen_by(was, snapshot)
  local taken = tonumber(string.match(snapshot, '@(%d+)$'))
  if was.snapshot then
    return tonumber(string.match(was.snapshot, '@(%d+)$')) < taken
  end
  if was.xid == 'null' then
    return was.committed ~= 'null' and tonumber(was.committed) <= taken
  end
  return sees(snapshot, was.xid, was.committed)
end

-- The text of an entry whose value was read from the truth.
local function of_truth(version, snapshot, from, rest)
  return '{"version":"' .. version .. '","snapshot":"' .. snapshot .. '","from":' .. from .. ',' .. rest
end

-- Puts an entry in the place of what was there; 'ends' is a time in milliseconds, or 0 for never.
local function put(key, text, ends)
  redis.call('SET', key, text)
  if ends ~= '0' then
    redis.call('PEXPIREAT', key, ends)
  end
end
