"""The environment variables a laptop's run needs, where nobody has set them."""

import os
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from local.server import HOST, free_port, is_free
from local.servers import Addresses, kept, write

WEB_PORT, SANDBOX_PORT = 5000, 8025
ALONE = ("demo", "bench")  # runs that may ask nobody outside, not even about a domain
FOR_PEOPLE = ("dev", "demo")  # runs whose addresses somebody types; the others take any free port
BINARIES = Path(sys.executable).parent


def prepared(name: str, addresses: Addresses) -> dict[str, str]:
    """The whole environment for the processes of a run called `name`; what is set already wins.

    Secrets are made once and kept in the run's folder, so that links and sessions outlive a restart. A run that joined
    the servers of another is given that one's ports and secrets too. PATH begins with the Python that runs us.
    """
    folder = addresses.folder
    web, sandbox = _ports(name, folder, addresses.joined)
    located = _located(web, sandbox) | ({"DNS_SERVERS": f"{HOST}:{free_port()}"} if name in ALONE else {})
    variables = _fixed(name, folder) | located | _given() | addresses
    path = f"{BINARIES}{os.pathsep}{os.environ.get('PATH', os.defpath)}"
    return _sandbox(variables) | variables | {"PATH": path}


def _fixed(name: str, folder: Path) -> dict[str, str]:
    return {
        "SECRET_KEY": kept(folder / "secret_key"),
        "WEBHOOK_SECRETS": kept(folder / "webhook_secret"),
        "POSTMARK_SERVER_TOKEN": kept(folder / "postmark_token"),
        "MAIL_FROM": "Postroom <postroom@postroom.example>",
        "INBOUND_ADDRESS": "inbound@inbound.postroom.example",
        "ENVIRONMENT": "test" if name == "test" else "development",
        "CLOCK_FILE": str(folder / "clock"),
        "PYTHONUNBUFFERED": "1",
    }


def _located(web: int, sandbox: int) -> dict[str, str]:
    return {
        "PORT": str(web),
        "BASE_URL": f"http://{HOST}:{web}",
        "GUNICORN_CMD_ARGS": f"--bind={HOST}:{web}",
        "SANDBOX_PORT": str(sandbox),
        "POSTMARK_API_URL": f"http://{HOST}:{sandbox}",
    }


def _sandbox(variables: Mapping[str, str]) -> dict[str, str]:
    """What the sandbox would be told at Postmark: where the webhooks are, with their password, and our own address."""
    secret = variables["WEBHOOK_SECRETS"].split(",")[0].strip()
    webhooks = f"http://postmark:{quote(secret, safe='')}@{HOST}:{variables['PORT']}/webhooks/postmark"
    return {
        "SANDBOX_EVENTS_URL": f"{webhooks}/events",
        "SANDBOX_INBOUND_URL": f"{webhooks}/inbound",
        "SANDBOX_INBOUND_ADDRESS": variables["INBOUND_ADDRESS"],
    }


def _given() -> dict[str, str]:
    """An empty variable counts as one that is not set."""
    return {name: value for name, value in os.environ.items() if value}


def _ports(name: str, folder: Path, joined: bool) -> tuple[int, int]:
    file = folder / "ports"
    if not (joined and file.exists()):
        wanted = {"web": WEB_PORT, "sandbox": SANDBOX_PORT} if name in FOR_PEOPLE else {"web": 0, "sandbox": 0}
        write(file, f"{free('PORT', 'web', wanted['web'])} {free('SANDBOX_PORT', 'sandbox', wanted['sandbox'])}")
    web, sandbox = (int(word) for word in file.read_text().split())
    return web, sandbox


def free(variable: str, what: str, port: int) -> int:
    """The port given, else `port` if nobody uses it, else another; any when `port` is 0."""
    if given := os.environ.get(variable):
        return int(given)
    if port and is_free(port):
        return port
    other = free_port()
    if port:
        print(f"Port {port} is busy: the {what} is on port {other} instead; {variable}=… chooses one", file=sys.stderr)
    return other
