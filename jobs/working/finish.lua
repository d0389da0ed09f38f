-- Records that jobs succeeded: the common case, in which success leaves nothing behind.
--
-- KEYS  worker, its executions
-- ARGV  prefix, state of the worker now, seconds worked, then queue, job id, execution id for each job
-- Gives the positions (from 1) of the jobs that are not common after all, which it leaves alone: somebody waits for
-- them, or canceled them meanwhile. A job whose hash is gone counts as done.
local worker, executions, prefix = KEYS[1], KEYS[2], ARGV[1]
local unusual, ended, by_queue, gone, dependents = {}, {}, {}, {}, {}

for at = 5, #ARGV, 3 do dependents[#dependents + 1] = prefix .. ':job:' .. ARGV[at] .. ':dependents' end
local somebody_waits = #dependents > 0 and redis.call('EXISTS', unpack(dependents)) > 0

for at = 4, #ARGV, 3 do
  local queue, id, execution = ARGV[at], ARGV[at + 1], ARGV[at + 2]
  local job, composite = prefix .. ':job:' .. id, id .. ':' .. execution
  local status = redis.call('HGET', job, 'status')
  if status and (status ~= 'started' or somebody_waits and redis.call('EXISTS', job .. ':dependents') == 1) then
    unusual[#unusual + 1] = (at - 1) / 3
  else
    gone[#gone + 1] = job
    gone[#gone + 1] = prefix .. ':results:' .. id
    gone[#gone + 1] = prefix .. ':execution:' .. composite
    gone[#gone + 1] = prefix .. ':executions:' .. id
    by_queue[queue] = by_queue[queue] or {}
    table.insert(by_queue[queue], composite)
    ended[#ended + 1] = composite
  end
end
for queue, composites in pairs(by_queue) do redis.call('ZREM', prefix .. ':wip:' .. queue, unpack(composites)) end
if #ended > 0 then
  redis.call('DEL', unpack(gone))
  redis.call('SREM', executions, unpack(ended))
end
redis.call('HINCRBY', worker, 'successful_job_count', #ended)
redis.call('HINCRBYFLOAT', worker, 'total_working_time', ARGV[3])
redis.call('HSET', worker, 'state', ARGV[2])
return unusual
