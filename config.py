"""Every environment variable Postroom reads: typed, documented, read once.

`from config import settings` gives the frozen `Settings` of this process. All that is missing or wrong is reported in
one `ConfigError`, so that a deploy is mended in one round. `python config.py` prints the reference table.
"""

import os
from collections.abc import Callable, Mapping
from dataclasses import MISSING, dataclass, field, fields
from email.utils import parseaddr
from ipaddress import ip_address
from typing import Any, TypeVar
from urllib.parse import urlsplit

T = TypeVar("T")


class ConfigError(SystemExit):
    """What is missing or wrong in the environment, one line each.

    Where nobody catches it, it ends the process with 1 and tells just that: no traceback helps to mend it.
    """

    def __init__(self, problems: list[str]):
        super().__init__("The environment is not complete:\n" + "\n".join(f"  {problem}" for problem in problems))
        self.problems = problems


def secret(text: str) -> str:
    return _checked(text, len(text) >= 32, "must have at least 32 characters")


def secrets(text: str) -> tuple[str, ...]:
    found = tuple(part.strip() for part in text.split(",") if part.strip())
    return _checked(found, bool(found) and all(len(part) >= 16 for part in found), "each needs 16 characters or more")


def postgres_url(text: str) -> str:
    """Heroku says `postgres://`; SQLAlchemy wants the dialect and the driver by name."""
    scheme, _, rest = text.partition("://")
    known = scheme in ("postgres", "postgresql", "postgresql+psycopg2")
    return _checked(f"postgresql+psycopg2://{rest}", known, "must start with postgres://")


def redis_url(text: str) -> str:
    return _checked(text, urlsplit(text).scheme in ("redis", "rediss", "unix"), "must start with redis:// or rediss://")


def http_url(text: str) -> str:
    parts = urlsplit(text)
    return _checked(
        text.rstrip("/"), parts.scheme in ("http", "https") and bool(parts.netloc), "must be an http(s) URL"
    )


def mailbox(text: str) -> str:
    """`Name <local@domain>` or a bare address."""
    address = parseaddr(text)[1]
    return _checked(text, address.count("@") == 1 and not address.startswith("@"), "must hold an e-mail address")


def server_and_domain(text: str) -> tuple[str, str]:
    words = text.lower().split()
    valid = len(words) == 2 and all("." in word for word in words)
    return _checked((words[0], words[-1]), valid, "must be two names, as `mx.google.com google.com`")


def positive(text: str) -> int:
    number = int(text) if text.strip().isdigit() else 0
    return _checked(number, number > 0, "must be a whole number above 0")


def name_servers(text: str) -> tuple[tuple[str, int], ...]:
    """IP addresses, each with a port if it is not 53: `9.9.9.9,127.0.0.1:5353,[2620:fe::fe]`."""
    servers = [urlsplit(f"//{part.strip()}") for part in text.split(",") if part.strip()]
    return tuple((str(ip_address(server.hostname or "")), server.port or 53) for server in servers)


def switch(text: str) -> bool:
    return _checked(text.lower() == "on", text.lower() in ("on", "off"), "must be on or off")


def environment(text: str) -> str:
    return _checked(text, text in ("production", "development", "test"), "must be production, development or test")


def log_level(text: str) -> str:
    return _checked(text.upper(), text.upper() in ("DEBUG", "INFO", "WARNING", "ERROR"), "must be DEBUG … ERROR")


def _checked(value: T, valid: bool, complaint: str) -> T:
    if not valid:
        raise ValueError(complaint)
    return value


def variable(read: Callable[[str], Any], about: str, default: Any = MISSING) -> Any:
    """A field read from the variable of the same name in capitals; without a default it is required."""
    metadata = {"read": read, "about": about}
    return field(metadata=metadata) if default is MISSING else field(default=default, metadata=metadata)


@dataclass(frozen=True)
class Settings:
    secret_key: str = variable(secret, "signs sessions, links and reply addresses; 32 characters or more")
    database_url: str = variable(postgres_url, "PostgreSQL, where the truth is kept")
    redis_url: str = variable(redis_url, "Redis or Valkey, which carries ids; rediss:// may be self-signed")
    postmark_server_token: str = variable(str, "the server's API token")
    mail_from: str = variable(mailbox, "who our mail is from: a confirmed sender signature, `Name <address>`")
    inbound_address: str = variable(mailbox, "the inbound stream's address; replies come to its `+token` form")
    webhook_secrets: tuple[str, ...] = variable(
        secrets, "passwords the webhooks accept (user `postmark`), comma-separated so that they can be rotated"
    )

    base_url: str | None = variable(http_url, "where people reach the app; learnt at set-up when not given", None)
    environment: str = variable(environment, "production, development or test", "production")
    postmark_api_url: str = variable(
        http_url, "another address only for the local sandbox", "https://api.postmarkapp.com"
    )
    transactional_stream: str = variable(str, "Postmark's stream for mail that was asked for", "outbound")
    broadcast_stream: str = variable(str, "Postmark's stream for newsletters", "broadcast")
    job_concurrency: int = variable(positive, "jobs one worker process runs at once, on threads", 50)
    database_pool: int = variable(positive, "connections one process may open; Heroku's smallest plan has 20 in all", 5)
    provider_index_lag: int = variable(
        positive, "seconds after which a message that Postmark's search does not show was never accepted", 900
    )
    stale_after: int = variable(positive, "seconds after which a message still being sent lost its worker", 120)
    raw_mail_days: int = variable(
        positive, "days after which received mail and its attachments are incinerated; what was understood stays", 30
    )
    results_from: tuple[str, str] | None = variable(
        server_and_domain,
        "for mail that is forwarded to Postmark: whose `Authentication-Results` count, and the domain of the hosts that"
        " hand it over, as `mx.google.com google.com`",
        None,
    )
    local_links: bool = variable(
        switch, "development and tests: whether links to this machine are followed when an edition is checked", False
    )
    dns_servers: tuple[tuple[str, int], ...] = variable(
        name_servers, "name servers that are asked about addresses' domains; the machine's own when not given", ()
    )
    dns_timeout: int = variable(positive, "seconds for which a question to the name servers may wait", 5)
    dns_per_second: int = variable(positive, "questions a second to the name servers, of all workers together", 200)
    sentry_dsn: str | None = variable(str, "where errors are reported", None)
    log_level: str = variable(log_level, "DEBUG, INFO, WARNING or ERROR", "INFO")
    clock_file: str | None = variable(str, "development and tests: a file of seconds that move the clock", None)

    @property
    def in_production(self) -> bool:
        return self.environment == "production"


def load(environ: Mapping[str, str]) -> Settings:
    """The settings found in `environ`; raises `ConfigError` naming every variable that is missing or wrong."""
    values: dict[str, Any] = {}
    problems: list[str] = []
    for each in fields(Settings):
        _read(each, environ.get(each.name.upper(), "").strip(), values, problems)
    if values.get("clock_file") and values.get("environment", "production") == "production":
        problems.append("CLOCK_FILE is not for production: everybody's reminders would move")
    if values.get("local_links") and values.get("environment", "production") == "production":
        problems.append("LOCAL_LINKS is not for production: links would reach what only this machine may")
    if problems:
        raise ConfigError(problems)
    return Settings(**values)


def _read(each: Any, text: str, values: dict[str, Any], problems: list[str]) -> None:
    name = each.name.upper()
    if not text and each.default is MISSING:
        problems.append(f"{name} is missing: {each.metadata['about']}")
    elif text:
        try:
            values[each.name] = each.metadata["read"](text)
        except ValueError as complaint:
            problems.append(f"{name} {complaint}")


def reference() -> str:
    """The table of variables, as Markdown."""
    rows = (f"| `{f.name.upper()}` | {_default(f)} | {f.metadata['about']} |" for f in fields(Settings))
    return "\n".join(["| variable | default | what it is |", "|---|---|---|", *rows])


def _default(each: Any) -> str:
    return "required" if each.default is MISSING else "" if each.default in (None, ()) else f"`{each.default}`"


def __getattr__(name: str) -> Settings:
    """`settings`, loaded when first asked for, so that importing this module to read about it never fails."""
    if name != "settings":
        raise AttributeError(name)
    globals()["settings"] = loaded = load(os.environ)
    return loaded


if __name__ == "__main__":
    print(reference())
