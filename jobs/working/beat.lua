-- Keeps jobs in flight alive. Only refreshes what is there: an emptied Redis stays empty.
--
-- ARGV  prefix, now (Unix), now (ISO 8601), seconds to live, then queue, job id, execution id for each job
local prefix, now, iso, ttl = ARGV[1], ARGV[2], ARGV[3], tonumber(ARGV[4])
local expires = string.format('%.3f', tonumber(now) + ttl)
local forgotten = string.format('%.3f', tonumber(now) + ttl + 60)

for at = 5, #ARGV, 3 do
  local queue, id, execution = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local job, composite = prefix .. ':job:' .. id, id .. ':' .. execution
  local key, siblings = prefix .. ':execution:' .. composite, prefix .. ':executions:' .. id
  if redis.call('EXISTS', key) == 1 then
    redis.call('HSET', key, 'last_heartbeat', now)
    redis.call('EXPIRE', key, ttl)
    redis.call('ZADD', siblings, 'XX', forgotten, execution)
    redis.call('EXPIRE', siblings, ttl + 60)
    redis.call('ZADD', prefix .. ':wip:' .. queue, 'XX', expires, composite)
  end
  if redis.call('EXISTS', job) == 1 then redis.call('HSET', job, 'last_heartbeat', iso) end
end
