"""What is to become of a received mail, and which rule says so.

Pure: it is told what the mail answers and whose addresses are whose. The console shows the same steps that a worker
takes.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from config import settings
from emails import reply_text
from emails.anchors import anchors
from emails.commands import Command, Verb, away_until, command
from emails.entries import Line, entries
from emails.inbound import Received
from emails.machines import Class
from emails.reply_text import Reply
from emails.routing import Target
from emails.senders import fails_dmarc, is_authenticated
from models import local_time
from models.inbound_email import Kind, State
from models.rejection import Reason

OLDEST = timedelta(days=90)  # what is answered later than that says too little about its day
SHOWN = ("quote", "quote_header", "forwarded", "marker")

IsTheirs = Callable[[int, str], bool]  # (user id, address): has this user said that it is theirs?


@dataclass(frozen=True)
class Judged:
    """`kind` is a `Kind`, or the `Class` of a machine. `steps` are `(rule, what it found)`, in their order."""

    state: State
    reason: str
    kind: str = ""
    reply: Reply | None = None
    lines: Sequence[Line] = ()
    command: Command | None = None
    until: date | None = None
    steps: list[tuple[str, str]] = field(default_factory=list, compare=False)


def judge(
    received: Received,
    target: Target | None,
    *,
    at: datetime,
    is_theirs: IsTheirs,
    accepted: bool = False,
    restored: Sequence[str] = (),
) -> Judged:
    """`at` is when it came; `accepted` when a person has let it in, whoever it is from; `restored` is text that was cut
    and that a person put back."""
    steps: list[tuple[str, str]] = [("Route", _route(target))]
    verdict = (
        _of_machine(received, target, at, is_theirs, steps)
        or _of_sender(received, target, is_theirs, accepted, steps)
        or (None if accepted else _of_day(target, at))
        or (_of_words(received, target, at, restored, steps) if target else _unrouted())
    )
    steps.append(("Verdict", " ".join(filter(None, (verdict.state, verdict.kind, verdict.reason)))))
    return replace(verdict, steps=steps)


def _route(target: Target | None) -> str:
    if target is None:
        return "it answers nothing of ours"
    whose = f", to {target.person.email}" if target.person else ""
    day = f", about {target.prompt.local_date.isoformat()}" if target.prompt else ""
    return f"{target.kind}{whose}{day}, by {target.via}"


def _of_machine(
    received: Received, target: Target | None, at: datetime, is_theirs: IsTheirs, steps: list[tuple[str, str]]
) -> Judged | None:
    sign = received.machine
    steps.append(("Class", f"{sign.kind}: {sign.words}" if sign else "written by a person"))
    if sign is None:
        return None
    until = None
    if sign.kind == Class.AUTO_REPLY and target and target.member and not target.member.left_at:
        until = _back_on(received, target, at, is_theirs, steps)
    if until:
        return Judged(State.PROCESSED, f"away until {until.isoformat()}", Kind.AWAY, until=until)
    return Judged(State.IGNORED, sign.words, sign.kind)


def _back_on(
    received: Received, target: Target, at: datetime, is_theirs: IsTheirs, steps: list[tuple[str, str]]
) -> date | None:
    """A vacation note counts only from whom it says, by their domain's own word."""
    if not (is_authenticated(received.header_lines, settings.results_from) and _is_from(received, target, is_theirs)):
        steps.append(("Vacation note", "nobody vouches for its sender"))
        return None
    said = reply_text.extract(received.text, received.html, anchors=anchors(target)).text_with_signature
    until = away_until(f"{received.subject}\n{said}", _today(target, at))
    steps.append(("Vacation note", f"back on {until.isoformat()}" if until else "it names no day"))
    return until


def _of_sender(
    received: Received, target: Target | None, is_theirs: IsTheirs, accepted: bool, steps: list[tuple[str, str]]
) -> Judged | None:
    if accepted:
        steps.append(("Sender", "a person let it in"))
    elif fails_dmarc(received.header_lines, settings.results_from):
        steps.append(("Sender", "DMARC failed"))
        return Judged(State.HELD, Reason.NOT_FROM_THERE)
    if target is None:
        return None
    if not accepted and target.kind != "edition":
        theirs = _is_from(received, target, is_theirs)
        steps.append(("Sender", "an address of theirs" if theirs else "an address that is not known as theirs"))
        if not theirs:
            return Judged(State.HELD, Reason.OTHER_SENDER)
    return Judged(State.BOUNCED, Reason.LEFT) if _has_left(target) else None


def _unrouted() -> Judged:
    return Judged(State.BOUNCED, Reason.UNKNOWN_ADDRESS)


def _is_from(received: Received, target: Target, is_theirs: IsTheirs) -> bool:
    person = target.person
    return bool(person and (received.sender == person.email or is_theirs(person.id, received.sender)))


def _has_left(target: Target) -> bool:
    return target.kind != "edition" and (target.member is None or target.member.left_at is not None)


def _of_day(target: Target | None, at: datetime) -> Judged | None:
    too_old = target and target.prompt and at.date() - target.prompt.local_date > OLDEST
    return Judged(State.BOUNCED, Reason.TOO_OLD) if too_old else None


def _of_words(
    received: Received, target: Target, at: datetime, restored: Sequence[str], steps: list[tuple[str, str]]
) -> Judged:
    reply = reply_text.extract(received.text, received.html, anchors=anchors(target))
    said = "\n".join([reply.text, *restored]).strip()
    cut = ", ".join(dict.fromkeys(piece.kind for piece in reply.elided))
    sure = "" if reply.confident else ", not sure of it"
    steps.append(("Words", f"{len(said)} characters{sure}" + (f"; left out: {cut}" if cut else "")))
    order = _ordered(said or received.subject, target, at) if said or not received.text.strip() else None
    if order:
        steps.append(("Command", " ".join(map(str, filter(None, order)))))
        return Judged(State.PROCESSED, _spoken(order), Kind.COMMAND, reply, command=order)
    if target.reads_only:
        return Judged(State.BOUNCED, Reason.OBSERVER, reply=reply)
    lines = entries(said)
    if not lines and not (target.edition and (received.attached or said)):
        return Judged(State.BOUNCED, _nothing(received, reply), reply=reply)
    steps.append(("Entries", ", ".join(line.kind for line in lines) or "none"))
    return Judged(State.PROCESSED, "", _KINDS[target.kind], reply, lines)


_KINDS = {
    "reminder": Kind.ANSWER,
    "receipt": Kind.CORRECTION,
    "digest": Kind.COMMENT,
    "comment": Kind.COMMENT,
    "notice": Kind.COMMENT,
    "edition": Kind.LETTER,
}


def _ordered(said: str, target: Target, at: datetime) -> Command | None:
    """A reader of a newsletter can only leave it."""
    first = _today(target, at)
    if target.prompt and target.prompt.local_date >= first:
        first = target.prompt.local_date + timedelta(days=1)
    found = command(said, first)
    return found if found and (target.member or found.verb == Verb.STOP) else None


def _today(target: Target, at: datetime) -> date:
    return local_time.local_day(at, target.member.zone) if target.member else at.date()


def _spoken(order: Command) -> str:
    return f"{order.verb} until {order.until.isoformat()}" if order.until else str(order.verb)


def _nothing(received: Received, reply: Reply) -> Reason:
    """Nobody is told the same for three different mistakes."""
    if received.encrypted:
        return Reason.ENCRYPTED
    if received.attached:
        return Reason.ONLY_FILES
    return Reason.NOTHING_FOUND if any(piece.text.strip() for piece in reply.elided) else Reason.EMPTY
