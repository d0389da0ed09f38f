"""The link that lets somebody in."""

from collections.abc import Iterable

from sqlalchemy.orm import Session, joinedload

from emails import links
from emails.letter import AUTOMATIC, Letter
from emails.template import Template
from models.db import by_id
from models.sign_in import LINK_LASTS, SignIn

_TEMPLATE = Template("sign_in")


def sign_ins(tx: Session, ids: Iterable[int]) -> dict[int, SignIn]:
    return by_id(tx, SignIn, ids, joinedload(SignIn.user), joinedload(SignIn.workspace))


def sign_in(each: SignIn) -> Letter:
    letter = _TEMPLATE.fill(
        name=each.user.display_name,
        workspace=each.workspace.name,
        link=links.sign_in(each),
        minutes=int(LINK_LASTS.total_seconds() // 60),
    )
    return letter.addressed(headers=AUTOMATIC)
