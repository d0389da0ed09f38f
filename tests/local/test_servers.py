import os
import pwd
import shutil
import signal
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import psutil
import psycopg2
import pytest
import redis

from local import servers
from local.servers import Addresses

RUN_UNTIL_KILLED = """
import sys, time
from pathlib import Path
from local import servers
with servers.running("killed", durable=False, root=Path(sys.argv[1])) as addresses:
    print(addresses.postgres.pid, addresses.valkey.pid, flush=True)
    time.sleep(60)
"""


def sql(addresses: Addresses, statement: str) -> str:
    connection = psycopg2.connect(addresses["DATABASE_URL"])
    connection.autocommit = True
    with connection.cursor() as cursor:
        cursor.execute(statement)
        answer = cursor.fetchone() if cursor.description else None
    connection.close()
    return str(answer and answer[0])


def test_both_servers_are_real_and_set_up_as_in_production(own: Addresses) -> None:
    assert sql(own, "select version()").startswith("PostgreSQL 18")
    assert sql(own, "select lower('ÅSE')") == "åse"
    assert sql(own, "show timezone") == "UTC"
    assert int(sql(own, "show max_connections")) >= 100
    queue = redis.Redis.from_url(own["REDIS_URL"], decode_responses=True)
    assert queue.config_get("maxmemory-policy") == {"maxmemory-policy": "noeviction"}


def test_strangers_on_the_same_machine_are_kept_out(own: Addresses) -> None:
    assert own.postgres and own.valkey
    with pytest.raises(psycopg2.OperationalError, match="password"):
        psycopg2.connect(f"postgresql://postroom:guess@127.0.0.1:{own.postgres.port}/postroom")
    with pytest.raises(redis.AuthenticationError):
        redis.Redis(port=own.valkey.port, retry=None).ping()


def test_a_second_run_finds_the_data_and_the_addresses_of_the_first(folder: Path) -> None:
    with servers.running("own", durable=False, root=folder) as first:
        sql(first, "create table if not exists kept as select 1")
    with servers.running("own", durable=False, root=folder) as second:
        assert sql(second, "select count(*) from kept") == "1"
        assert second == first


def test_a_server_can_be_stopped_in_order_or_at_once(own: Addresses) -> None:
    assert own.postgres and own.valkey
    for immediate in (False, True):
        own.postgres.stop(immediate=immediate)
        own.valkey.stop(immediate=immediate)
        with pytest.raises(psycopg2.OperationalError):
            psycopg2.connect(own["DATABASE_URL"])
        own.postgres.start()
        own.valkey.start()
    assert sql(own, "select 1") == "1"


def test_a_killed_server_starts_again_at_the_same_address_and_has_lost_nothing(folder: Path) -> None:
    with servers.running("durable", root=folder) as addresses:
        assert addresses.postgres and addresses.valkey
        queue = redis.Redis.from_url(addresses["REDIS_URL"])
        sql(addresses, "create table kept as select 1")
        queue.set("kept", "yes")
        queue.execute_command("WAITAOF", 1, 0, 2000)
        for server in (addresses.postgres, addresses.valkey):
            server.kill()
            assert server.pid is None
            server.start()
        assert sql(addresses, "select count(*) from kept") == "1"
        assert queue.get("kept") == b"yes"


def test_valkey_is_ready_only_when_it_has_read_what_it_kept(folder: Path) -> None:
    with servers.running("slow", root=folder) as addresses:
        assert addresses.valkey
        queue = redis.Redis.from_url(addresses["REDIS_URL"], retry=None)
        queue.eval("for number = 1, 100000 do redis.call('set', number, number) end", 0)
        addresses.valkey.stop()
        addresses.valkey.start()
        assert queue.dbsize() == 100_000


def test_a_run_joins_servers_that_are_up_already(own: Addresses, folder: Path) -> None:
    with servers.running("own", root=folder) as joined:
        assert joined.joined and joined == own and joined.folder == own.folder
        assert joined.postgres is None
    assert sql(own, "select 1") == "1"


def test_a_run_that_does_not_share_gets_servers_and_data_of_its_own(own: Addresses, folder: Path) -> None:
    with servers.running("own", durable=False, shared=False, root=folder) as other:
        assert other.folder == folder / "own-2"
        assert not set(other.values()) & set(own.values())


def test_servers_that_are_given_are_used_and_none_is_started(
    own: Addresses, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name, value in own.items():
        monkeypatch.setenv(name, value)
    with servers.running("given", root=tmp_path) as addresses:
        assert addresses == own
        assert addresses.postgres is None and addresses.valkey is None and not addresses.joined


def test_an_interrupted_first_start_is_made_good(folder: Path) -> None:
    for ruin in ("postgres", "postgres.unfinished"):
        (folder / "ruin" / ruin / "base").mkdir(parents=True)
    with servers.running("ruin", durable=False, root=folder) as addresses:
        assert sql(addresses, "select 1") == "1"


def test_data_goes_along_when_its_folder_is_closed_later(tmp_path: Path) -> None:
    for parent in (tmp_path, *tmp_path.parents[:2]):
        parent.chmod(0o755)
    with servers.running("own", durable=False, root=tmp_path) as addresses:
        sql(addresses, "create table kept as select 1")
    tmp_path.chmod(0o700)
    with servers.running("own", durable=False, root=tmp_path) as addresses:
        assert sql(addresses, "select count(*) from kept") == "1"
    _remove_data(tmp_path / "own")


def test_postgres_runs_behind_a_closed_folder_and_never_as_root(tmp_path: Path) -> None:
    closed = tmp_path / "closed"
    closed.mkdir(mode=0o700)
    with servers.running("own", durable=False, root=closed) as addresses:
        assert addresses.postgres
        user = psutil.Process(addresses.postgres.pid).username()
        assert user == ("nobody" if os.geteuid() == 0 else pwd.getpwuid(os.geteuid()).pw_name)
        sql(addresses, "create table kept as select 1")
    with servers.running("own", durable=False, root=closed) as addresses:
        assert sql(addresses, "select count(*) from kept") == "1"
    _remove_data(closed / "own")


@pytest.mark.parametrize("ending", [signal.SIGKILL, signal.SIGINT], ids=lambda ending: ending.name)
def test_nothing_is_left_behind_however_a_run_ends(
    ending: signal.Signals,
    folder: Path,
    python_path: dict[str, str],
    soon: Callable[..., bool],
    gone: Callable[[int], bool],
) -> None:
    command = [sys.executable, "-c", RUN_UNTIL_KILLED, str(folder)]
    with subprocess.Popen(
        command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True, env=python_path
    ) as run:
        assert run.stdout
        started = [int(pid) for pid in run.stdout.readline().split()]
        assert len(started) == 2 and not any(gone(pid) for pid in started)
        family = psutil.Process(run.pid).children(recursive=True)
        run.send_signal(ending)
    assert soon(lambda: all(gone(process.pid) for process in family))


def _remove_data(run: Path) -> None:
    """Data behind a closed folder is kept elsewhere."""
    data = (run / "postgres").resolve()
    if (data.parent / "origin").exists():
        shutil.rmtree(data.parent)
