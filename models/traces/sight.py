"""One open or click as Postmark tells it, without what would say where somebody is."""

import json
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any, NamedTuple

CANARY = "/hidden-link"  # of a page of ours, linked where no reader can see it: whoever asks for it follows every link
COUNTRY = "CountryISOCode"


class Sight(NamedTuple):
    """`link` is empty for an open; `client` and `country` where Postmark knows them."""

    at: datetime
    agent: str = ""
    link: str = ""
    client: str = ""
    country: str = ""

    @property
    def is_canary(self) -> bool:
        return self.link.partition("?")[0].endswith(CANARY)

    @classmethod
    def read(cls, type: str, payload: str, received_at: datetime) -> "Sight":
        """Of an `Open` or a `Click`; what is missing or odd in it is blank. postmarkapp.com/developer/webhooks"""
        told = _mapping(json.loads(payload))
        client = _mapping(told.get("Client"))
        return cls(
            at=_moment(told.get("ReceivedAt"), received_at),
            agent=_word(told.get("UserAgent"), 400),
            link=_word(told.get("OriginalLink"), 2_000) if type == "Click" else "",
            client=_word(client.get("Family") or client.get("Name"), 40),
            country=_word(_mapping(told.get("Geo")).get(COUNTRY), 2),
        )


def without_whereabouts(told: dict[str, Any]) -> dict[str, Any]:
    """An event as it is kept: of the place only the country, and no network address."""
    if "Geo" not in told:
        return told
    country = _mapping(told["Geo"]).get(COUNTRY)
    return told | {"Geo": {COUNTRY: country} if country else {}}


def _moment(said: object, received_at: datetime) -> datetime:
    """When it happened; a time that cannot be, since Postmark tries for half a day at most, is when it came."""
    try:
        at = datetime.fromisoformat(str(said))
    except ValueError:
        return received_at
    at = at if at.tzinfo else at.replace(tzinfo=UTC)
    is_likely = received_at - timedelta(days=1) < at < received_at + timedelta(minutes=5)
    return at if is_likely else received_at


def _mapping(said: object) -> Mapping[str, Any]:
    return said if isinstance(said, dict) else {}


def _word(said: object, longest: int) -> str:
    return said[:longest] if isinstance(said, str) else ""
