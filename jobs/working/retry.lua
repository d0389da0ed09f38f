-- Records that jobs raised and runs them again, now or after their interval, as RQ's `Job.retry` does.
--
-- KEYS  worker, its executions, set of all queues
-- ARGV  prefix, now (Unix), now (ISO 8601), seconds worked, then queue, job id, execution id for each job
-- Gives the positions (from 1) of the jobs it leaves alone: no retries left, a callback to call, or canceled meanwhile.
-- A job whose execution is gone is recorded already, or counts as abandoned.
local worker, executions, queues = KEYS[1], KEYS[2], KEYS[3]
local prefix, now, iso = ARGV[1], tonumber(ARGV[2]), ARGV[3]
local unusual, raised = {}, 0

local function again(queue, id, hash, left, intervals, at_front)
  local all = cjson.decode(intervals or '[]')
  local wait = all[math.max(#all - left, 0) + 1] or 0
  redis.call('SADD', queues, prefix .. ':queue:' .. queue)
  if wait > 0 then
    redis.call('HSET', hash, 'retries_left', left - 1, 'ended_at', iso, 'status', 'scheduled')
    redis.call('ZADD', prefix .. ':scheduled:' .. queue, math.floor(now + wait), id)
  else
    redis.call('HSET', hash, 'retries_left', left - 1, 'ended_at', iso, 'status', 'queued', 'enqueued_at', iso)
    redis.call(at_front == '1' and 'LPUSH' or 'RPUSH', prefix .. ':queue:' .. queue, id)
  end
end

for at = 5, #ARGV, 3 do
  local queue, id, execution = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local hash, composite = prefix .. ':job:' .. id, id .. ':' .. execution
  local status, left, intervals, callback, at_front = unpack(redis.call('HMGET', hash, 'status', 'retries_left',
    'retry_intervals', 'failure_callback_name', 'enqueue_at_front_on_retry'))
  left = tonumber(left or 0)
  if redis.call('EXISTS', prefix .. ':execution:' .. composite) == 1 then
    if status ~= 'started' or left < 1 or (callback or '') ~= '' then
      unusual[#unusual + 1] = (at - 2) / 3
    else
      again(queue, id, hash, left, intervals, at_front)
      redis.call('DEL', prefix .. ':execution:' .. composite)
      redis.call('ZREM', prefix .. ':executions:' .. id, execution)
      redis.call('ZREM', prefix .. ':wip:' .. queue, composite)
      redis.call('SREM', executions, composite)
      raised = raised + 1
    end
  end
end
redis.call('HINCRBY', worker, 'failed_job_count', raised)
redis.call('HINCRBYFLOAT', worker, 'total_working_time', ARGV[4])
return unusual
