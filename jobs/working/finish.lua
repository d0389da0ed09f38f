-- Records that jobs succeeded: the common case, in which success leaves nothing behind.
--
-- KEYS  worker, its executions
-- ARGV  prefix, state of the worker now, seconds worked, then queue, job id, execution id for each job
-- Gives the positions (from 1) of the jobs that are not common after all, which it leaves alone: somebody waits for
-- them, or canceled them meanwhile. A job whose hash is gone counts as done.
local worker, executions, prefix = KEYS[1], KEYS[2], ARGV[1]
local unusual, done = {}, 0

for at = 4, #ARGV, 3 do
  local queue, id, execution = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local job, composite = prefix .. ':job:' .. id, id .. ':' .. execution
  local status = redis.call('HGET', job, 'status')
  if status and (status ~= 'started' or redis.call('EXISTS', job .. ':dependents') == 1) then
    unusual[#unusual + 1] = (at - 1) / 3
  else
    redis.call('DEL', job, prefix .. ':results:' .. id, prefix .. ':execution:' .. composite,
      prefix .. ':executions:' .. id)
    redis.call('ZREM', prefix .. ':wip:' .. queue, composite)
    redis.call('SREM', executions, composite)
    done = done + 1
  end
end
redis.call('HINCRBY', worker, 'successful_job_count', done)
redis.call('HINCRBYFLOAT', worker, 'total_working_time', ARGV[3])
redis.call('HSET', worker, 'state', ARGV[2])
return unusual
