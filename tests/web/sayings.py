"""What is said in a house of the tests: a goal of its owner, and a comment of hers on what the member wrote."""

from datetime import date
from typing import Any

from sqlalchemy import select

from emails.saying import say
from models import clock
from models.comment import Comment
from models.db import transaction
from models.entry import Entry
from models.prompt import Prompt
from models.team_member import TeamMember

DAY = date(2026, 3, 2)
NOBODYS = 99


def made(tx: Any, owner: TeamMember, member: TeamMember, secret: str) -> None:
    Prompt.on(tx, owner, DAY).answer(tx, [("goal", secret)])
    here = {"workspace_id": owner.workspace_id, "team_id": owner.team_id, "local_date": DAY, "place": 0}
    said = {"author_id": owner.user_id, "to_user_id": member.user_id, "body": secret}
    say(tx, **here, **said, created_at=clock.now())


def numbers(team_id: int) -> dict[str, int]:
    """Of the owner's goal and comment; of what does not exist in a team that does not."""
    with transaction() as tx:
        entry = tx.scalar(select(Entry.id).filter_by(team_id=team_id, kind="goal"))
        comment = tx.scalar(select(Comment.id).filter_by(team_id=team_id))
    return {"entry_id": entry or NOBODYS, "comment_id": comment or NOBODYS}
