-- Enqueues jobs of one function, all of them or none, as RQ stores them. What they share is sent once.
--
-- KEYS  queue, set of all queues
-- ARGV  prefix of job keys, how many of the next are shared, those (field, value, …), then id, data, description of each
local shared, first = {}, 3 + tonumber(ARGV[2])
for at = 3, first - 1 do shared[#shared + 1] = ARGV[at] end

for at = first, #ARGV, 3 do
  redis.call('HSET', ARGV[1] .. ARGV[at], 'data', ARGV[at + 1], 'description', ARGV[at + 2], unpack(shared))
  redis.call('RPUSH', KEYS[1], ARGV[at])
end
redis.call('SADD', KEYS[2], KEYS[1])
