-- Takes jobs from the heads of the queues and starts them, in one step: nobody can die between the two.
--
-- KEYS  worker, its executions, then the queues in their order
-- ARGV  prefix, worker name, now (Unix), now (ISO 8601), seconds an execution lives without a heartbeat, token,
--       most jobs, free slots, chunk sizes by function (JSON); then for each queue: its name, the slots it may still
--       take, the slots it must leave free
-- Gives {1 if jobs were left for want of room, each job as lines: queue, id, execution, timeout, 1 if common, data},
-- or nil while workers are suspended. A job is common when success leaves nothing to do but to delete it.
local worker, executions = KEYS[1], KEYS[2]
local prefix, name, now, iso, ttl, token = ARGV[1], ARGV[2], ARGV[3], ARGV[4], tonumber(ARGV[5]), ARGV[6]
local most, free, chunks = tonumber(ARGV[7]), tonumber(ARGV[8]), cjson.decode(ARGV[9])
local expires = string.format('%.3f', tonumber(now) + ttl)
local forgotten = string.format('%.3f', tonumber(now) + ttl + 60)

if redis.call('EXISTS', prefix .. ':suspended') == 1 then return false end

local function is_common(job)
  local result_ttl, on_success, group, repeats, webhooks, limit = unpack(job, 3, 8)
  return result_ttl == '0' and (on_success or '') == '' and (group or '') == ''
    and not repeats and not webhooks and not limit
end

local function start(queue, id, hash, job, nth)
  local execution = token .. nth
  local composite = id .. ':' .. execution
  local key, siblings = prefix .. ':execution:' .. composite, prefix .. ':executions:' .. id
  redis.call('HSET', key, 'id', execution, 'job_id', id, 'created_at', now, 'last_heartbeat', now, 'worker_name', name)
  redis.call('EXPIRE', key, ttl)
  redis.call('ZADD', siblings, forgotten, execution)
  redis.call('EXPIRE', siblings, ttl + 60)
  redis.call('HSET', hash, 'status', 'started', 'started_at', iso, 'last_heartbeat', iso, 'worker_name', name)
  if job[10] or job[11] then redis.call('PERSIST', hash) end  -- one that ran before, or was not to wait for ever
  local common = is_common(job) and '1' or '0'
  return composite, table.concat({queue, id, execution, job[2] or '', common, job[1]}, '\n')
end

local taken, more = {}, 0
for nth = 3, #KEYS do
  local at = 10 + (nth - 3) * 3
  local queue, room = ARGV[at], math.min(tonumber(ARGV[at + 1]), free - tonumber(ARGV[at + 2]))
  local used, open, scored, composites = 0, {}, {}, {}
  if room <= 0 or #taken >= most then
    if redis.call('EXISTS', KEYS[nth]) == 1 then more = 1 end
  end
  while room > 0 and #taken < most do
    -- Taking comes first also because a Redis that is full lets a script write on once it has taken something away.
    local id = redis.call('LPOP', KEYS[nth])
    if not id then break end
    local hash = prefix .. ':job:' .. id
    local job = redis.call('HMGET', hash, 'data', 'timeout', 'result_ttl', 'success_callback_name', 'group_id',
      'repeats_left', 'webhooks', 'rate_limit_key', 'description', 'ended_at', 'ttl')
    if job[1] then
      local func = string.match(job[9] or '', '^[%w_.]+') or ''  -- the data may be compressed
      local left = open[func] or 0
      if left == 0 then
        if used >= room then
          redis.call('LPUSH', KEYS[nth], id)
          more = 1
          break
        end
        used, left = used + 1, chunks[func] or 1
      end
      open[func] = left - 1
      local composite, lines = start(queue, id, hash, job, #taken + 1)
      taken[#taken + 1], composites[#composites + 1] = lines, composite
      scored[#scored + 1] = expires
      scored[#scored + 1] = composite
    end
  end
  if #composites > 0 then
    redis.call('ZADD', prefix .. ':wip:' .. queue, unpack(scored))
    redis.call('SADD', executions, unpack(composites))
  end
  free = free - used
end
if #taken >= most then more = 1 end
if #taken > 0 then
  redis.call('EXPIRE', executions, ttl + 60)
  redis.call('HSET', worker, 'state', 'busy')
end
table.insert(taken, 1, more)
return taken
