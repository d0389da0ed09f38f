"""What became of received mails, written down for many at once."""

from collections.abc import Sequence
from typing import Any, NamedTuple

import orjson
from sqlalchemy import text
from sqlalchemy.orm import Session

from models import clock


class Settlement(NamedTuple):
    """One mail, dealt with. `elided` is `[{"kind", "text"}]`; what is None is not known."""

    email_id: int
    state: str
    reason: str
    kind: str
    workspace_id: int | None = None
    prompt_id: int | None = None
    user_id: int | None = None
    edition_id: int | None = None
    corrects_id: int | None = None
    text: str = ""
    elided: Sequence[dict[str, Any]] = ()
    confident: bool | None = None
    parser_version: int | None = None


def settle(tx: Session, settlements: Sequence[Settlement]) -> None:
    if settlements:
        columns = {name: [getattr(each, name) for each in settlements] for name in Settlement._fields}
        columns["elided"] = [orjson.dumps(list(each.elided)).decode() for each in settlements]
        tx.execute(_SETTLE, columns | {"now": clock.now()})


_SETTLE = text("""
    update inbound_emails e
    set state = s.state, reason = s.reason, kind = s.kind, workspace_id = s.workspace_id, prompt_id = s.prompt_id,
        user_id = s.user_id, edition_id = s.edition_id, corrects_id = s.corrects_id, text = s.text,
        elided = s.elided, confident = s.confident, parser_version = s.parser_version, settled_at = :now
    from unnest(cast(:email_id as bigint[]), cast(:state as text[]), cast(:reason as text[]), cast(:kind as text[]),
                cast(:workspace_id as bigint[]), cast(:prompt_id as bigint[]), cast(:user_id as bigint[]),
                cast(:edition_id as bigint[]), cast(:corrects_id as bigint[]), cast(:text as text[]),
                cast(:elided as jsonb[]), cast(:confident as boolean[]), cast(:parser_version as int[]))
         as s(id, state, reason, kind, workspace_id, prompt_id, user_id, edition_id, corrects_id, text, elided,
              confident, parser_version)
    where e.id = s.id
""")
