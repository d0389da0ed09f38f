"""What reaches Sentry. The transport is the SDK's own interface; only its destination is here."""

import json
from dataclasses import replace

import pytest
import sentry_sdk
from sentry_sdk.transport import Transport

from config import settings
from jobs import sentry

SECRETS = [
    settings.secret_key,
    settings.postmark_server_token,
    settings.database_url,
    settings.redis_url,
    *settings.webhook_secrets,
    "ada@example.com",
]


class Kept(Transport):
    def __init__(self):
        super().__init__()
        self.text = ""

    def capture_envelope(self, envelope):
        self.text += envelope.serialize().decode()


pytestmark = pytest.mark.filterwarnings("ignore:The send_default_pii option:DeprecationWarning")


@pytest.fixture
def kept():
    transport = Kept()
    sentry_sdk.init(dsn="https://key@sentry.example/1", transport=transport, **sentry.options("worker"))
    yield transport
    sentry_sdk.init()


def test_errors_arrive_without_secrets_addresses_and_variables(kept):
    hidden = " ".join(["what", "Ada", "wrote"])  # or the line of source would hold it
    try:
        raise ValueError(f"could not mail with {' and '.join(SECRETS)}: {len(hidden)}")
    except ValueError as error:
        sentry_sdk.capture_exception(error)

    assert "could not mail with [removed] and [removed]" in kept.text
    assert [secret for secret in (*SECRETS, hidden) if secret in kept.text] == []


def test_passwords_in_addresses_of_servers_are_struck_out():
    event = sentry.before_send({"extra": {"hosts": ["redis://:pass-word@redis.example:6379/0"]}}, {})

    assert json.dumps(event) == '{"extra": {"hosts": ["redis://[removed]@redis.example:6379/0"]}}'


def test_of_a_request_only_the_method_stays():
    request = {"method": "GET", "url": "http://localhost/sign_in/0123456789abcdef", "query_string": "token=1"}

    assert sentry.before_send({"request": request}, {}) == {"request": {"method": "GET"}}


def test_of_what_ends_nothing_each_kind_is_reported_once_for_each_place(kept, monkeypatch):
    monkeypatch.setattr(sentry, "settings", replace(settings, sentry_dsn="https://key@sentry.example/1"))
    for where in ("upkeep", "upkeep", "heartbeat"):
        sentry.report_first(ValueError(f"odd {where}"), where)

    assert [kept.text.count(f'"value":"odd {where}"') for where in ("upkeep", "heartbeat")] == [1, 1]


def test_without_an_address_to_report_to_nothing_is_reported():
    sentry.start("worker")
    sentry.report(ValueError("nobody hears"), "jobs.example")
