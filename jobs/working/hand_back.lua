-- Puts started jobs back to the heads of their queues, as if they had never been taken.
--
-- KEYS  executions of the worker
-- ARGV  prefix, then the composite keys (job id:execution id) in the order in which the jobs were taken
-- Gives how many went back. A job that ended, was canceled or runs elsewhere by now is left alone.
local executions, prefix, back = KEYS[1], ARGV[1], 0

for at = #ARGV, 2, -1 do
  local composite = ARGV[at]
  local id, execution = string.match(composite, '^(.*):(.*)$')
  local job, siblings = prefix .. ':job:' .. id, prefix .. ':executions:' .. id
  local status, queue = unpack(redis.call('HMGET', job, 'status', 'origin'))
  local ours = redis.call('ZREM', siblings, execution) == 1
  redis.call('DEL', prefix .. ':execution:' .. composite)
  redis.call('SREM', executions, composite)
  if queue then redis.call('ZREM', prefix .. ':wip:' .. queue, composite) end
  if ours and status == 'started' and redis.call('EXISTS', siblings) == 0 then
    redis.call('HSET', job, 'status', 'queued', 'worker_name', '')
    redis.call('LPUSH', prefix .. ':queue:' .. queue, id)
    redis.call('SADD', prefix .. ':queues', prefix .. ':queue:' .. queue)
    back = back + 1
  end
end
return back
