"""What we ourselves wrote in the mail that is being answered: whatever follows it is not the answer."""

from email.utils import parseaddr
from functools import lru_cache

from config import settings
from emails import addresses
from emails.digest import digest
from emails.reminder import REPLY_ABOVE, Asked, reminder
from emails.routing import Target

SENTENCE = 20  # characters; what is shorter could be anybody's
MOST = 300  # lines of a mail


def anchors(target: Target) -> list[str]:
    """Strings for `reply_text.extract`."""
    ours = [addresses.reply_address(target.token), target.token, parseaddr(settings.mail_from)[1]]
    return [*ours, *_names(target), *_sentences(_text(target))]


def _names(target: Target) -> list[str]:
    if target.edition:
        return [target.edition.publication.name] if len(target.edition.publication.name) >= SENTENCE else []
    team = target.member.team.name if target.member else ""
    named = [f"{team} at {target.workspace.name}"] if team else []
    return [REPLY_ABOVE, *named] if target.prompt else named


def _text(target: Target) -> str:
    if target.kind == "reminder" and target.prompt:
        return str(reminder(Asked.by(target.prompt)).text)
    if target.issue:
        return str(digest(target.issue).text)
    said = target.comment or target.entry
    return target.edition.text if target.edition else said.body if said else ""


@lru_cache(maxsize=64)
def _sentences(text: str) -> tuple[str, ...]:
    """Without what is filled in for each reader, which `{` begins."""
    lines = (line.strip() for line in text.splitlines()[:MOST])
    return tuple(line for line in lines if len(line) >= SENTENCE and "{" not in line)
