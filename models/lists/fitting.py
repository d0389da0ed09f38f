"""Who on a list fits what is asked, in the SQL of segments."""

from typing import Any

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import contains_eager, joinedload

from models import clock
from models.contact import Contact
from models.lists.change import ListChange
from models.lists.conditions import Conditions
from models.lists.member import ListMember
from models.segments import sql
from models.segments.scope import Scope


def fits(workspace_id: int, conditions: Conditions) -> ColumnElement[bool]:
    """A question about rows of `contacts`."""
    return sql.where(conditions.condition, Scope(workspace_id, clock.now()))


def members(workspace_id: int, list_id: int, conditions: Conditions) -> Select[Any]:
    """The members of a list who fit, each with their contact and how they came."""
    found = select(ListMember).join(ListMember.contact).where(ListMember.list_id == list_id)
    whole = joinedload(ListMember.change)
    found = found.options(
        contains_eager(ListMember.contact), whole.joinedload(ListChange.user), whole.joinedload(ListChange.imported)
    )
    asked = (Contact.workspace_id == workspace_id, fits(workspace_id, conditions)) if conditions.told() else ()
    return found.where(*asked)
