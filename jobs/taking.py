"""What received mails ask for, done: answers recorded, people away, comments written, senders told.

All that answers to reminders need is done for many at once; what is uncommon, one by one.
"""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlalchemy.orm import Session

from emails import reply_text, routing
from emails.anchors import anchors
from emails.entries import entries
from emails.inbound import Received
from emails.judging import judge
from emails.routing import Target
from emails.saying import tell_named
from emails.skimming import skimmed
from jobs.acts import act
from jobs.mail import Mail, Outbox
from models import answering, clock, mail_piece
from models.answering import Answer
from models.entry import Entry
from models.inbound_email import Kind, State
from models.notice import Notice
from models.settlement import Settlement, settle
from models.storable import clean
from models.user_address import UserAddress


def take(tx: Session, rows: Sequence[Row[Any]]) -> dict[str, list[int]]:
    """Settles the mails; returns the deliveries of what we have to say about them: `{kind: ids}`."""
    mails = judged(tx, rows)
    out = Outbox(tx)
    _record(tx, mails, out)
    settle(tx, [settlement(mail, act(tx, mail, out)) for mail in mails])
    return dict(out.deliveries)


def look_at(tx: Session, received: Received) -> Mail:
    """What would become of a mail that has not been stored; its words are read even where no rule asks for them."""
    (target,) = routing.find(tx, [(received, "")])
    mail = _mail(tx, received, target, clock.now())
    if mail.judged.reply is None:
        reply = reply_text.extract(received.text, received.html, anchors=anchors(target) if target else ())
        mail.judged = replace(mail.judged, reply=reply, lines=entries(reply.text))
    return mail


def settlement(mail: Mail, reason: str | None = None) -> Settlement:
    judged, target, reply = mail.judged, mail.target, mail.judged.reply
    parse: dict[str, Any] = {}
    if reply:
        elided = [{"kind": piece.kind, "text": clean(piece.text)} for piece in reply.elided]
        parse = {"text": clean(reply.text), "elided": elided, "confident": reply.confident}
    return Settlement(
        mail.id,
        judged.state,
        reason or judged.reason,
        judged.kind,
        workspace_id=mail.workspace_id,
        prompt_id=target.prompt.id if target and target.prompt else None,
        user_id=target.person.id if target and target.person else None,
        edition_id=target.edition.id if target and target.edition else None,
        corrects_id=target.corrects if target else None,
        parser_version=reply_text.VERSION if reply else None,
        **parse,
    )


def judged(tx: Session, rows: Sequence[Row[Any]]) -> list[Mail]:
    """What is to become of mails, without doing it."""
    received = [Received.read(row.payload, _wire(tx, row), row.attached) for row in rows]
    targets = routing.find(tx, [(mail, row.rerouted) for mail, row in zip(received, rows, strict=True)])
    return [
        _mail(tx, mail, target, row.received_at, row.id, row.accepted_at is not None, row.restored)
        for row, mail, target in zip(rows, received, targets, strict=True)
    ]


def _wire(tx: Session, row: Row[Any]) -> bytes | None:
    return skimmed(mail_piece.read(tx, row.id, mail_piece.WIRE)) if row.has_wire else None


def _mail(
    tx: Session,
    received: Received,
    target: Target | None,
    at: datetime,
    number: int = 0,
    accepted: bool = False,
    restored: Sequence[str] = (),
) -> Mail:
    def is_theirs(user_id: int, address: str) -> bool:
        return UserAddress.are_of(tx, user_id, address)

    verdict = judge(received, target, at=at, is_theirs=is_theirs, accepted=accepted, restored=restored)
    workspace = target.workspace if target else routing.workspace_for(tx, received.sender)
    return Mail(number, received, target, verdict, workspace.id if workspace else None)


def _record(tx: Session, mails: Sequence[Mail], out: Outbox) -> None:
    """Answers and corrections, and a receipt for whoever wants one and said something new."""
    answers = {mail.id: answer_of(mail) for mail in mails if mail.judged.kind in (Kind.ANSWER, Kind.CORRECTION)}
    said = {number: answer for number, answer in answers.items() if answer}
    told = Notice.told(tx, [answer.prompt.id for answer in said.values() if answer.corrects])
    counts = answering.record(tx, list(said.values())) if said else {}
    out.deliveries["notice"] += tell_named(tx, Entry.naming(tx, counts), told) if _names_somebody(said) else []
    for mail in mails:
        member = mail.target.member if mail.target else None
        if mail.id in said and member and member.wants_receipts and (counts[mail.id] or said[mail.id].corrects):
            out.address("receipt", member.workspace_id, mail.id, member.user.email)


def _names_somebody(said: Mapping[int, Answer]) -> bool:
    return any("@" in text for answer in said.values() for _, text in answer.lines)


def answer_of(mail: Mail) -> Answer | None:
    target, judged = mail.target, mail.judged
    if judged.state != State.PROCESSED or target is None or target.prompt is None:
        return None
    lines = [(str(line.kind), clean(line.text)) for line in judged.lines]
    return Answer(mail.id, target.prompt, lines, target.corrects)
