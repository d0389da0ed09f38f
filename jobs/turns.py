"""Turns that all workers take together, so many a second: the virtual clock of a queue that is never idle for long.

Redis keeps one moment for each name: when the next turn is free. Lost, it is as though nobody had taken one.
"""

from jobs.connection import redis_connection

BURST = 1.0  # seconds' worth of turns that may be taken at once, after a quiet time
LONGEST = 20.0  # seconds that a turn may be away; later ones are not given out yet


def turn(name: str, per_second: float) -> float | None:
    """Seconds until our turn, which is then ours; None when too many wait, and it is worth asking again in a while.

    Raises `redis.RedisError`.
    """
    wait = redis_connection().eval(_TAKE, 1, f"postroom:turns:{name}", 1 / per_second, BURST, LONGEST)
    seconds = float(wait)
    return seconds if seconds >= 0 else None


_TAKE = """
    local time = redis.call('time')
    local now = tonumber(time[1]) + tonumber(time[2]) / 1e6
    local free = math.max(tonumber(redis.call('get', KEYS[1]) or 0), now - tonumber(ARGV[2]))
    if free - now > tonumber(ARGV[3]) then return '-1' end
    redis.call('set', KEYS[1], string.format('%.6f', free + tonumber(ARGV[1])), 'ex', 60)
    return string.format('%.6f', math.max(0, free - now))
"""
