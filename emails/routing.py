"""Which of our questions a received mail answers."""

from email.utils import parseaddr

from sqlalchemy import select
from sqlalchemy.orm import Session

from config import settings
from emails import addresses
from emails.inbound import Received
from emails.reminder import REPLY_ABOVE, reminder
from models.delivery import Delivery
from models.membership import Membership
from models.prompt import Prompt
from models.user import User
from models.workspace import Workspace

SENTENCE = 20  # characters; what is shorter could be anybody's


def prompt_for(tx: Session, received: Received) -> Prompt | None:
    """By the token in an address, else by the message that it replies to."""
    for token in received.reply_tokens:
        if prompt := Prompt.holding(tx, token):
            return prompt
    for provider_id in received.answers_to:
        if prompt := _asked_in(tx, provider_id):
            return prompt
    return None


def workspace_for(tx: Session, received: Received, prompt: Prompt | None) -> Workspace | None:
    """Who gets to see the mail: the workspace of the prompt, else of the sender, else the installation's first."""
    if prompt:
        return tx.get(Workspace, prompt.workspace_id)
    theirs = select(Workspace).join(Membership, Membership.workspace_id == Workspace.id).join(User)
    found = tx.scalar(theirs.where(User.email == received.sender).order_by(Workspace.id).limit(1))
    return found or Workspace.first(tx)


def anchors(prompt: Prompt) -> list[str]:
    """What we ourselves wrote in the mail that is being answered: whatever follows it is not the answer."""
    team = prompt.member.team
    ours = [REPLY_ABOVE, addresses.reply_address(prompt.reply_token), prompt.reply_token]
    sentences = [line for line in str(reminder(prompt).text).splitlines() if len(line) >= SENTENCE]
    return [*ours, parseaddr(settings.mail_from)[1], f"{team.name} at {team.workspace.name}", *sentences]


def _asked_in(tx: Session, provider_id: str) -> Prompt | None:
    asked = select(Prompt).join(Delivery, Delivery.source_id == Prompt.id)
    return tx.scalar(asked.where(Delivery.kind == "reminder", Delivery.provider_id == provider_id).limit(1))
