import socket
from pathlib import Path

import pytest

import config
from local import environment
from local.servers import Addresses


@pytest.fixture
def addresses(tmp_path: Path) -> Addresses:
    found = Addresses(DATABASE_URL="postgresql://postroom@127.0.0.1/postroom", REDIS_URL="redis://127.0.0.1/0")
    found.folder = tmp_path
    return found


def test_it_is_all_that_the_configuration_asks_for(addresses: Addresses) -> None:
    settings = config.load(environment.prepared("dev", addresses))
    assert settings.environment == "development"
    assert settings.postmark_api_url.startswith("http://127.0.0.1:")
    assert settings.clock_file == str(addresses.folder / "clock")


def test_what_is_set_already_wins(addresses: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("MAIL_FROM", "Grace <grace@example.org>")
    monkeypatch.setenv("SECRET_KEY", "")
    prepared = environment.prepared("dev", addresses)
    assert prepared["MAIL_FROM"] == "Grace <grace@example.org>"
    assert len(prepared["SECRET_KEY"]) == 64


def test_the_sandbox_is_told_where_the_webhooks_are(addresses: Addresses, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("WEBHOOK_SECRETS", "the/new/one-0123456789,the-old-one-0123456789")
    monkeypatch.setenv("PORT", "5001")
    prepared = environment.prepared("dev", addresses)
    webhooks = "http://postmark:the%2Fnew%2Fone-0123456789@127.0.0.1:5001/webhooks/postmark"
    assert prepared["SANDBOX_EVENTS_URL"] == f"{webhooks}/events"
    assert prepared["SANDBOX_INBOUND_URL"] == f"{webhooks}/inbound"
    assert prepared["SANDBOX_INBOUND_ADDRESS"] == prepared["INBOUND_ADDRESS"]


def test_secrets_are_made_once_and_only_we_can_read_them(addresses: Addresses) -> None:
    first, second = (environment.prepared("dev", addresses) for _ in range(2))
    secrets = ("SECRET_KEY", "WEBHOOK_SECRETS", "POSTMARK_SERVER_TOKEN")
    assert [first[name] for name in secrets] == [second[name] for name in secrets]
    assert len({first[name] for name in secrets}) == 3
    assert (addresses.folder / "secret_key").stat().st_mode & 0o077 == 0


def test_a_busy_port_is_named_and_another_is_taken(addresses: Addresses, capsys: pytest.CaptureFixture[str]) -> None:
    with socket.socket() as busy:
        busy.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        busy.bind(("127.0.0.1", 0))
        busy.listen()
        port = busy.getsockname()[1]
        assert environment.free("PORT", "web", port) != port
    assert f"Port {port} is busy: the web is on port" in capsys.readouterr().err


def test_who_joins_a_run_gets_its_ports(addresses: Addresses) -> None:
    first = environment.prepared("bench", addresses)
    addresses.joined = True
    second = environment.prepared("bench", addresses)
    assert second["BASE_URL"] == first["BASE_URL"]
    assert second["POSTMARK_API_URL"] == first["POSTMARK_API_URL"]
