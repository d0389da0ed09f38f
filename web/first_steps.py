"""The list of first steps as it is shown: which there are for this workspace, which are done, where each leads."""

from collections.abc import Sequence
from typing import NamedTuple

from flask import url_for

from config import settings
from models.checklist import Checklist


class Step(NamedTuple):
    label: str
    is_done: bool
    leads_to: str = ""  # an address; nothing where nothing is to be done on a page


def steps(found: Checklist) -> Sequence[Step]:
    """In the order in which they are taken; those of a team, or of a newsletter, once there is one."""
    return [*_beginning(found), *_people(found), *_first_mail(found)]


def _beginning(found: Checklist) -> Sequence[Step]:
    return [
        Step("The workspace has a name", found.named),
        Step(f"Mail comes from {settings.mail_from}", bool(settings.mail_from)),
        Step("Make a team or a newsletter", bool(found.team or found.publication), url_for("starts.new")),
    ]


def _people(found: Checklist) -> Sequence[Step]:
    asked, steps = url_for("starts.new"), []
    if found.team:
        asked = url_for("invitations.new", team_id=found.team)
    elif found.publication:
        asked = url_for("subscriptions.new", publication_id=found.publication)
    steps.append(Step("Add people", found.people, asked))
    if found.publication:
        page = url_for("sign_up_pages.edit", publication_id=found.publication)
        steps.append(Step("Open a page where people subscribe, or add the first subscriber", found.readers, page))
    return steps


def _first_mail(found: Checklist) -> Sequence[Step]:
    first = url_for("firsts.new")
    answered = [Step("Answer it by mail", found.answered, first)] if found.team else []
    return [
        Step("Send yourself one", found.sent, first),
        Step("See it arrive", found.delivered, first),
        *answered,
        Step("Postmark tells us what becomes of mail", found.heard, first),
    ]
