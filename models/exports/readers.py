"""The subscribers of a newsletter, all or those who are looked for."""

from collections.abc import Sequence

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from models.contact import Contact
from models.exports.export import Export
from models.exports.source import Line
from models.roster import Roster
from models.subscription import Subscription

COLUMNS = {
    "email": Contact.email, "name": Contact.name, "state": Subscription.state, "tags": Contact.tags,
    "locale": Contact.locale, "zone": Contact.zone, "attributes": Contact.attributes, "consent": Subscription.consent,
    "source": Subscription.source, "consented_at": Subscription.consented_at, "left_at": Subscription.left_at,
    "paused_until": Subscription.paused_until, "created_at": Subscription.created_at,
}  # fmt: skip


class Readers:
    """`about` is `{"publication": its number, "wanted": what of a `Roster` is not blank}`."""

    word = "publication"

    def total(self, tx: Session, export: Export) -> int:
        return tx.scalar(select(func.count()).select_from(_wanted(export).found.subquery())) or 0

    def columns(self, tx: Session, export: Export) -> Sequence[str]:
        return list(COLUMNS)

    def page(self, tx: Session, export: Export, most: int) -> Sequence[Line]:
        found = _wanted(export).found.with_only_columns(Subscription.id, *COLUMNS.values())
        rows = tx.execute(found.where(Subscription.id > export.after).order_by(Subscription.id).limit(most))
        return [Line(number, cells) for number, *cells in rows]


def _wanted(export: Export) -> Roster:
    return Roster(export.about["publication"], **export.about["wanted"])
