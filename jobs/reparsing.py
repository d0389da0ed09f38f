"""Stored mail read again, by a newer parser or with what somebody put back. Safe to repeat.

What people have put right stays: a mail that somebody corrected keeps its entries, and what was restored counts as
said.
"""

from collections.abc import Iterator, Sequence

from sqlalchemy import ColumnElement, exists, or_, select
from sqlalchemy.orm import Session, aliased

from emails import reply_text
from emails.entries import entries
from jobs.door import job
from jobs.inbound_emails import understand
from jobs.mail import Mail
from jobs.taking import answer_of, judged, settlement
from models import answering
from models.db import transaction
from models.inbound_email import InboundEmail, Kind, State
from models.rejection import Reason
from models.settlement import settle

PAGE = 200
WORDLESS = (Reason.NOTHING_FOUND, Reason.EMPTY, Reason.ONLY_FILES)


@job(queue="low", timeout=120)
def reparse(email_id: int) -> None:
    """Reads one mail again."""
    with transaction() as tx:
        again = _reread(tx, [email_id])
    understand.later_each(again)


def outdated(everything: bool = False) -> Iterator[list[int]]:
    """Pages of the mails that an older parser has read; of all that there are, when asked."""
    last = 0
    while True:
        with transaction() as tx:
            found = select(InboundEmail.id).where(InboundEmail.id > last, *_readable(everything))
            page = list(tx.scalars(found.order_by(InboundEmail.id).limit(PAGE)))
        if not page:
            return
        yield page
        last = page[-1]


def _readable(everything: bool) -> list[ColumnElement[bool]]:
    wordless = (InboundEmail.state == State.BOUNCED) & InboundEmail.reason.in_(WORDLESS)
    conditions = [InboundEmail.payload.is_not(None), or_(InboundEmail.state == State.PROCESSED, wordless)]
    older = InboundEmail.parser_version.is_(None) | (InboundEmail.parser_version < reply_text.VERSION)
    return conditions if everything else [*conditions, older]


def _reread(tx: Session, ids: Sequence[int]) -> list[int]:
    """Those among the mails that say something now and said nothing before: they are to be understood afresh."""
    found = judged(tx, InboundEmail.stored(tx, ids))
    states = dict(tx.execute(select(InboundEmail.id, InboundEmail.state).where(InboundEmail.id.in_(ids))).all())
    silent = [mail.id for mail in found if states[mail.id] == State.BOUNCED and mail.judged.state == State.PROCESSED]
    for number in silent:
        tx.get_one(InboundEmail, number).reopen(tx)
    for mail in found:
        if states[mail.id] == State.PROCESSED:
            _renew(tx, mail)
    return silent


def _renew(tx: Session, mail: Mail) -> None:
    """What it was taken for stays; only what it says is new, and never nothing where it said something."""
    stored = tx.get_one(InboundEmail, mail.id)
    if mail.judged.state != State.PROCESSED or mail.judged.kind != stored.kind or not mail.judged.reply:
        return
    answer = answer_of(mail)
    if answer and stored.kind in (Kind.ANSWER, Kind.CORRECTION) and not _is_corrected(tx, stored):
        answering.reread(tx, answer, [(str(line.kind), line.text) for line in entries(stored.text)])
    settle(tx, [settlement(mail)._replace(reason=stored.reason, corrects_id=stored.corrects_id)])


def _is_corrected(tx: Session, stored: InboundEmail) -> bool:
    """Whether a later mail stands for this one."""
    later = aliased(InboundEmail)
    root = stored.corrects_id or stored.id
    return bool(tx.scalar(select(exists().where(later.corrects_id == root, later.id > stored.id))))
