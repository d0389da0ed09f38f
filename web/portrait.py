"""What is known of one person, as a file says it."""

from datetime import UTC, datetime
from typing import Any

from models.dossier import Dossier

CONTACT = ("email", "name", "locale", "zone", "attributes", "tags", "note", "created_at")
SUBSCRIPTION = ("state", "consent", "consented_at", "source", "left_at", "paused_until", "created_at")
CHANGE = ("at", "before", "after", "how", "by", "words", "ip")
DELIVERY = ("id", "kind", "subject", "state", "reason", "created_at", "sent_at", "opens", "clicks")
MAIL = ("received_at", "subject", "kind", "state", "text")
SUPPRESSION = ("stream", "reason", "origin", "created_at", "lifted_at")


def of(dossier: Dossier) -> dict[str, Any]:
    """JSON's own types; moments are in UTC, as ISO 8601 has them."""
    return {
        "contact": _told(dossier.contact, CONTACT),
        "subscriptions": [
            {"publication": publication.name}
            | _told(subscription, SUBSCRIPTION)
            | {"history": [_told(change, CHANGE) for change in changes]}
            for subscription, publication, changes in dossier.subscriptions
        ],
        "deliveries": [_told(delivery, DELIVERY) for delivery in dossier.deliveries],
        "mails": [_told(mail, MAIL) for mail in dossier.mails],
        "suppressions": [_told(suppression, SUPPRESSION) for suppression in dossier.suppressions],
    }


def _told(about: Any, names: tuple[str, ...]) -> dict[str, Any]:
    return {name: _plain(getattr(about, name)) for name in names}


def _plain(value: Any) -> Any:
    return value.astimezone(UTC).isoformat() if isinstance(value, datetime) else value
