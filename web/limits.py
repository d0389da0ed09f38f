"""How much somebody may do in a while: a bucket in Redis that fills by itself. Without Redis nobody is held up."""

from ipaddress import ip_address, ip_network
from typing import NamedTuple

from flask import request
from redis import RedisError

from jobs import connection


class Spent(NamedTuple):
    is_allowed: bool
    left: int
    seconds: float  # until there is one again, or, where it was allowed, until the bucket is full


def network() -> str:
    """Where the request comes from: of IPv6 a household has 2^64 addresses, which are one place."""
    told = request.remote_addr or ""
    try:
        ip = ip_address(told)
    except ValueError:
        return told
    return told if ip.version == 4 or ip.ipv4_mapped else str(ip_network((ip, 64), strict=False))


def spend(name: str, most: int, every: float) -> Spent:
    """Takes one from the bucket of that name, which holds `most` and gets one back `every` so many seconds."""
    try:
        with connection.hurry():
            allowed, left, seconds = connection.redis_connection().eval(_SPEND, 1, f"limit:{name}", most, every)
    except RedisError:
        return Spent(True, most, 0.0)
    return Spent(bool(allowed), int(left), float(seconds))


# One moment says all: when the bucket will be full. By Redis's clock, which all processes share.
_SPEND = """
local time = redis.call('TIME')
local now = time[1] + time[2] / 1000000
local most, every = tonumber(ARGV[1]), tonumber(ARGV[2])
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or now), now) + every
local lacking = full - now
if lacking > most * every then
    return {0, 0, string.format('%.3f', lacking - most * every)}
end
redis.call('SET', KEYS[1], string.format('%.6f', full), 'PX', math.ceil(lacking * 1000))
return {1, math.floor(most - lacking / every + 0.000001), string.format('%.3f', lacking)}
"""
