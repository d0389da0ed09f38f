"""Which of our mails a received one answers: by the token in an address, else by the message that it replies to."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session, joinedload

from emails import digest
from emails.inbound import Received
from models import reply_token
from models.comment import Comment
from models.delivery import Delivery
from models.digest import Digest
from models.edition import Edition
from models.entry import Entry
from models.inbound_email import InboundEmail
from models.membership import Membership
from models.notice import Notice
from models.prompt import Prompt
from models.publication import Publication
from models.reply_token import Named
from models.team import Team
from models.team_member import TeamMember
from models.user import User
from models.workspace import Workspace


@dataclass(frozen=True)
class Target:
    """What a mail answers. `kind` is that of the delivery: reminder, digest, receipt, notice or edition."""

    kind: str
    token: str
    workspace: Workspace
    via: str
    person: User | None = None  # who was asked, and so must have answered; anybody answers an edition
    member: TeamMember | None = None
    prompt: Prompt | None = None
    corrects: int | None = None  # the mail whose entries it puts right
    issue: digest.Issue | None = None
    comment: Comment | None = None
    entry: Entry | None = None  # that named the person
    edition: Edition | None = None
    reads_only: bool = False  # the person is an observer: what they say is not taken


def find(tx: Session, mails: Sequence[tuple[Received, str]]) -> list[Target | None]:
    """What each mail answers; beside each stands the token that a person chose for it, if one has.

    Three queries for a thousand answers to reminders.
    """
    said = [[chosen] if chosen else received.reply_tokens for received, chosen in mails]
    prompts = _prompts(tx, Prompt.reply_token.in_({token for tokens in said for token in tokens}))
    by_token = {prompt.reply_token: prompt for prompt in prompts}
    found = [_by_tokens(tx, tokens, by_token) for tokens in said]
    open_ended = [place for place, target in enumerate(found) if target is None and not mails[place][1]]
    threads = _threads(tx, {each for place in open_ended for each in mails[place][0].answers_to})
    for place in open_ended:
        named = next((threads[each] for each in mails[place][0].answers_to if each in threads), None)
        found[place] = _target(tx, named, "the message that it replies to") if named else None
    return _with_roles(tx, found)


def workspace_for(tx: Session, sender: str) -> Workspace | None:
    """Who gets to see a mail that answers nothing: the workspace of its sender, else the installation's first."""
    theirs = select(Workspace).join(Membership, Membership.workspace_id == Workspace.id).join(User)
    found = tx.scalar(theirs.where(User.email == sender).order_by(Workspace.id).limit(1))
    return found or Workspace.first(tx)


def _with_roles(tx: Session, found: Sequence[Target | None]) -> list[Target | None]:
    seats = {target.member.user_id for target in found if target and target.member}
    watching = Membership.observing(tx, seats) if seats else set()
    return [
        replace(each, reads_only=True)
        if each and each.member and (each.workspace.id, each.member.user_id) in watching
        else each
        for each in found
    ]


def _by_tokens(tx: Session, tokens: Iterable[str], prompts: dict[str, Prompt]) -> Target | None:
    for token in tokens:
        if prompt := prompts.get(token):
            return _of_prompt(prompt, "the token in its address")
        if (named := reply_token.opened(token)) and (found := _target(tx, named, "the token in its address")):
            return found
    return None


def _target(tx: Session, named: Named, via: str) -> Target | None:
    """What a kind and a number name, unless it is gone."""
    find_it = _KINDS.get(named.kind)
    return find_it(tx, named.number, via) if find_it else None


def _of_prompt(prompt: Prompt, via: str, kind: str = "reminder", **more: Any) -> Target:
    member = prompt.member
    token = more.pop("token", prompt.reply_token)
    return Target(kind, token, member.team.workspace, via, member.user, member, prompt, **more)


def _reminder(tx: Session, number: int, via: str) -> Target | None:
    prompt = next(iter(_prompts(tx, Prompt.id == number)), None)
    return _of_prompt(prompt, via) if prompt else None


def _receipt(tx: Session, number: int, via: str) -> Target | None:
    mail = tx.get(InboundEmail, number)
    prompt = next(iter(_prompts(tx, Prompt.id == mail.prompt_id)), None) if mail and mail.prompt_id else None
    if mail is None or prompt is None:
        return None
    token = reply_token.sealed("receipt", number)
    return _of_prompt(prompt, via, "receipt", token=token, corrects=mail.corrects_id or mail.id)


def _digest(tx: Session, number: int, via: str) -> Target | None:
    delivery = tx.get(Delivery, number)
    if delivery is None or delivery.kind != "digest" or not tx.get(Digest, delivery.source_id):
        return None
    issue = digest.issue(tx, delivery)
    reader = User.at(tx, delivery.recipient)
    member = _seat(tx, issue.digest.team_id, reader)
    token = reply_token.sealed("digest", number)
    return Target("digest", token, issue.digest.team.workspace, via, reader, member, issue=issue)


def _comment(tx: Session, number: int, via: str) -> Target | None:
    comment = tx.get(Comment, number)
    if comment is None:
        return None
    workspace, member = tx.get_one(Workspace, comment.workspace_id), _seat(tx, comment.team_id, comment.to)
    token = reply_token.sealed("comment", number)
    return Target("comment", token, workspace, via, comment.to, member, comment=comment)


def _notice(tx: Session, number: int, via: str) -> Target | None:
    """Who was told answers, whether it had been said to them or they were only named in it."""
    notice = tx.get(Notice, number)
    about = (notice.comment or notice.entry) if notice else None
    if notice is None or about is None:
        return None
    token, member = reply_token.sealed("notice", number), _seat(tx, about.team_id, notice.user)
    workspace = tx.get_one(Workspace, notice.workspace_id)
    return Target(
        "notice", token, workspace, via, notice.user, member, comment=notice.comment, entry=notice.entry,
    )  # fmt: skip


def _edition(tx: Session, number: int, via: str) -> Target | None:
    whole = joinedload(Edition.publication).joinedload(Publication.workspace)
    edition = tx.scalar(select(Edition).filter_by(id=number).options(whole))
    token = reply_token.sealed("edition", number)
    return Target("edition", token, edition.publication.workspace, via, edition=edition) if edition else None


_KINDS: dict[str, Callable[[Session, int, str], Target | None]] = {
    "reminder": _reminder,
    "receipt": _receipt,
    "digest": _digest,
    "comment": _comment,
    "notice": _notice,
    "edition": _edition,
}


def _prompts(tx: Session, condition: Any) -> Sequence[Prompt]:
    member = joinedload(Prompt.member, innerjoin=True)
    team = member.joinedload(TeamMember.team, innerjoin=True).joinedload(Team.workspace, innerjoin=True)
    found = select(Prompt).where(condition).options(team, member.joinedload(TeamMember.user, innerjoin=True))
    return tx.scalars(found.order_by(Prompt.id)).all()


def _seat(tx: Session, team_id: int, user: User | None) -> TeamMember | None:
    whole = joinedload(TeamMember.team).joinedload(Team.workspace)
    mine = select(TeamMember).filter_by(team_id=team_id, user_id=user.id) if user else None
    return tx.scalar(mine.options(whole)) if mine is not None else None


def _threads(tx: Session, provider_ids: set[str]) -> dict[str, Named]:
    """`{the provider's id of a mail of ours: what it was about}`."""
    if not provider_ids:
        return {}
    sent = select(Delivery.provider_id, Delivery.kind, Delivery.source_id, Delivery.id)
    rows = tx.execute(sent.where(Delivery.provider_id.in_(provider_ids), Delivery.kind.in_(list(_KINDS))))
    return {row.provider_id: Named(row.kind, row.id if row.kind == "digest" else row.source_id) for row in rows}
