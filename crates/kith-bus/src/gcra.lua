-- Takes from one bucket of the generic cell rate algorithm; the arithmetic of gcra.rs, by the
-- clock of the server. The value of a bucket is the time, in microseconds, at which it is full again.
--
-- KEYS[1]  the bucket
-- ARGV[1]  microseconds in which one unit comes back     ARGV[2]  units of a full bucket
-- ARGV[3]  units wanted                                  ARGV[4]  'all' or 'part'
-- Answers {units granted, units left, microseconds until more helps, microseconds until full}
local time = redis.call('TIME')
local now = time[1] * 1000000 + time[2]
local interval, burst, wanted = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local capacity = interval * burst

-- A key of another type or with another content is somebody's mistake, not a full bucket.
local stored = redis.pcall('GET', KEYS[1])
stored = type(stored) == 'string' and tonumber(stored) or now
local full_at = math.min(math.max(now, stored), now + capacity)

local available = math.floor((now + capacity - full_at) / interval)
local granted = wanted
if wanted > available then
  granted = ARGV[4] == 'all' and 0 or available
end
full_at = full_at + granted * interval
if granted > 0 or stored > full_at then
  redis.call('SET', KEYS[1], string.format('%.0f', full_at), 'PX', math.max(math.ceil((full_at - now) / 1000), 1))
end

local left = available - granted
local wait = 0
if granted < wanted then
  local needed = ARGV[4] == 'all' and math.min(wanted, burst) or math.min(1, burst)
  wait = math.max(full_at + needed * interval - now - capacity, 1)
end
return {granted, left, wait, full_at - now}
