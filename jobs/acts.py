"""What is done about a mail that is no plain answer: held, refused, obeyed, taken for a comment."""

from collections.abc import Callable, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import settings
from emails.commands import Command, Verb
from emails.quoting import Said, said
from emails.reply_text import shown
from emails.routing import Target
from emails.saying import say
from emails.senders import is_authenticated
from jobs.mail import Mail, Outbox
from models.edition import Edition
from models.inbound_email import Kind, State
from models.notice import Notice
from models.rejection import Reason, Rejection
from models.storable import clean
from models.subscription import Subscription
from models.subscription_change import Change, How
from models.team_member import TeamMember
from models.user_address import UserAddress


def act(tx: Session, mail: Mail, out: Outbox) -> str | None:
    """Does what is to be done about one mail, and gives a reason where that has one of its own."""
    judged, target = mail.judged, mail.target
    if judged.state == State.BOUNCED:
        _reject(tx, mail, out)
        return None
    does = _ACTS.get(judged.kind if judged.state == State.PROCESSED else judged.state)
    return does(tx, mail, target, out) if does and target else None


def _hold(tx: Session, mail: Mail, target: Target, out: Outbox) -> None:
    """Who was asked is asked whether that address is theirs, once; a failed DMARC is for the console alone."""
    if mail.judged.reason == Reason.OTHER_SENDER and target.person and mail.received.sender:
        claim = UserAddress.claim(tx, target.workspace.id, target.person.id, mail.received.sender)
        if claim:
            out.address("confirmation", target.workspace.id, claim, target.person.email)


def _reject(tx: Session, mail: Mail, out: Outbox) -> None:
    """Nobody's installation yet: there is nobody to answer in whose name."""
    if mail.workspace_id and mail.received.sender:
        about = {"workspace_id": mail.workspace_id, "inbound_email_id": mail.id, "reason": mail.judged.reason}
        if number := Rejection.write(tx, recipient=mail.received.sender, **about):  # type: ignore[arg-type]
            out.address("rejection", mail.workspace_id, number, mail.received.sender)


def _go_away(tx: Session, mail: Mail, target: Target, out: Outbox) -> None:
    for seat in _seats(tx, target):
        if mail.judged.until:
            seat.be_away(mail.judged.until, "an automatic reply said so")


def _obey(tx: Session, mail: Mail, target: Target, out: Outbox) -> None:
    """What cannot be taken back by answering is only offered, since From is easily forged.

    Who leaves a newsletter, and whose domain vouches for them, has left it.
    """
    order = mail.judged.command
    if target.edition and is_authenticated(mail.received.header_lines, settings.results_from):
        _unsubscribe(tx, mail, target.edition)
    if order and order.verb != Verb.STOP:
        for seat in _seats(tx, target):
            _move(seat, order)
    recipient = target.person.email if target.person else mail.received.sender
    if recipient:
        out.address("command", target.workspace.id, mail.id, recipient)


def _unsubscribe(tx: Session, mail: Mail, edition: Edition) -> None:
    """A reader's answer to a newsletter can mean nothing else."""
    subscription = Subscription.at(tx, edition.publication_id, mail.received.sender)
    words = mail.judged.reply.text if mail.judged.reply else mail.received.subject
    if subscription:
        subscription.leave(tx, Change(How.MAIL, mail.received.sender, clean(words.strip())[:200]))


def _move(seat: TeamMember, order: Command) -> None:
    if order.verb == Verb.RESUME:
        seat.resume()
    elif order.until:
        seat.be_away(order.until, "they said so by mail")
    else:
        seat.pause()


def _seats(tx: Session, target: Target) -> Sequence[TeamMember]:
    """A person who is away is away from all their teams of the workspace."""
    person = target.person.id if target.person else 0
    seats = select(TeamMember).filter_by(user_id=person, workspace_id=target.workspace.id, left_at=None)
    return tx.scalars(seats.order_by(TeamMember.id).with_for_update()).all()


def _comment(tx: Session, mail: Mail, target: Target, out: Outbox) -> str | None:
    """Gives a reason where nothing new was said. Whom it is said to, and whom it names, are told."""
    fresh = [_write(tx, mail, target, place, piece) for place, piece in enumerate(_pieces(mail, target))]
    out.deliveries["notice"] += Notice.mail(tx) if any(fresh) else []
    return None if any(fresh) else "said already"


def _pieces(mail: Mail, target: Target) -> list[Said]:
    answer = clean(mail.judged.reply.text) if mail.judged.reply else ""
    if target.issue and target.person:
        parts = clean(mail.received.text), clean(shown(mail.received.html))
        return said(target.issue, parts, answer, target.person.id)
    if target.entry:
        return [Said(target.entry.user_id, target.entry.id, answer)]
    return [Said(target.comment.author_id, target.comment.entry_id, answer)] if target.comment else []


def _write(tx: Session, mail: Mail, target: Target, place: int, piece: Said) -> int | None:
    """The new comment."""
    about = target.issue.digest if target.issue else target.comment or target.entry
    if about is None or target.person is None:
        return None
    return say(
        tx,
        workspace_id=about.workspace_id,
        team_id=about.team_id,
        local_date=about.local_date,
        author_id=target.person.id,
        to_user_id=piece.user_id,
        entry_id=piece.entry_id,
        inbound_email_id=mail.id,
        place=place,
        body=piece.text,
    )


_ACTS: dict[str, Callable[[Session, Mail, Target, Outbox], str | None]] = {
    State.HELD: _hold,
    Kind.AWAY: _go_away,
    Kind.COMMAND: _obey,
    Kind.COMMENT: _comment,
}
