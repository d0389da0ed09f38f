"""People taken out of their teams again, and their settings set back, unless somebody has touched either since."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Row, select, text
from sqlalchemy.orm import Session, joinedload

from models import clock
from models.imports import manner
from models.imports.cells import days, hour
from models.imports.decision import Done, Return
from models.imports.file import Import
from models.imports.unsharing import Left, unshare
from models.membership import Membership
from models.team_member import Receipts, TeamMember

_DEEDS = {
    "answered": "has answered since",
    "wrote": "has written since",
    "commented": "has taken part in comments since",
    "signed_in": "has signed in since",
}


class Unseating:
    def __init__(self, tx: Session, imported: Import, done: Sequence[Done]) -> None:
        self.tx, self.imported, self.done = tx, imported, done
        ids = {"seats": [row.subject_id for row in done], "import": imported.id}
        for lock in (_LOCK_PEOPLE, _LOCK_PROMPTS):  # nothing comes in between what is looked up and what goes
            tx.execute(lock, ids)
        self.since = {row.id: row for row in tx.execute(_SINCE, ids)}
        seats = select(TeamMember).where(TeamMember.id.in_(self.since)).options(joinedload(TeamMember.user))
        self.seats = {seat.id: seat for seat in tx.scalars(seats)}
        users = [seat.user_id for seat in self.seats.values()]
        belonging = select(Membership).filter_by(workspace_id=imported.workspace_id)
        belonging = belonging.where(Membership.user_id.in_(users)).order_by(Membership.id)
        self.belonging = {each.user_id: each for each in tx.scalars(belonging.with_for_update())}

    def take_back(self) -> dict[int, Return]:
        """`{id of the row: what stays, and why}`."""
        returns = {row.id: self._return(row, self.seats.get(row.subject_id or 0)) for row in self.done}
        made = [row for row in self.done if row.has_made and row.subject_id in self.seats]
        leaving = {row.id: self.seats[row.subject_id or 0] for row in made if not returns[row.id].kept}
        for row in made:
            if row.id in leaving and "name" in row.changes and "person" not in row.changes:
                returns[row.id].kept += self._restore(leaving[row.id], {"name": row.changes["name"]})
        self.tx.flush()
        self._unseat([seat.id for seat in leaving.values()])
        for number, reason in unshare(self.tx, self.imported, self._left(leaving), list(returns)):
            returns[number].kept.append(reason)
        return returns

    def _left(self, leaving: Mapping[int, TeamMember]) -> list[Left]:
        teams = {row.id: row.changes["team"][1] for row in self.done if row.id in leaving}
        return [Left(number, seat.user_id, seat.team_id, teams[number]) for number, seat in leaving.items()]

    def _return(self, row: Done, seat: TeamMember | None) -> Return:
        if seat is None:
            return Return(told=["was in the team no more"])
        if not row.has_made:
            return Return(kept=self._restore(seat, row.changes))
        since = self.since[seat.id]
        kept = [*_deeds(since, seat), *self._touched(row, seat)]
        return Return(kept, [] if kept else _invitation(since))

    def _touched(self, row: Done, seat: TeamMember) -> list[str]:
        """Settings of somebody new that are not as the row gave them."""
        now = self._now(seat)
        what = [each for each, (_, given) in row.changes.items() if each in now and now[each] != given]
        return [f"changed since: {', '.join(what)}"] if what or "zone" not in row.changes else []

    def _restore(self, seat: TeamMember, changes: Mapping[str, Sequence[str]]) -> list[str]:
        """Sets back what is still as the row gave it; what is not, in words."""
        now = self._now(seat)
        back = {what: old for what, (old, given) in changes.items() if now[what] == given}
        self._set(seat, back)
        stay = [what for what, (old, given) in changes.items() if now[what] not in (old, given)]
        return [f"changed since: {', '.join(stay)}"] if stay else []

    def _now(self, seat: TeamMember) -> dict[str, str]:
        belongs = self.belonging.get(seat.user_id)
        return {"name": seat.user.name, **manner.shown(seat), "role": belongs.role if belongs else ""}

    def _set(self, seat: TeamMember, back: Mapping[str, str]) -> None:
        if "name" in back:
            seat.user.name = back["name"]
        if "role" in back:
            self.belonging[seat.user_id].role = back["role"]
        if "working days" in back:
            seat.work_on(days(back["working days"]) if back["working days"] else ())
        if back.keys() & {"zone", "asked at", "digest at"}:
            asked, told = back.get("asked at"), back.get("digest at")
            hours = hour(asked) if asked else seat.reminder_hour, hour(told) if told else seat.digest_hour
            seat.keep_hours(zone=back.get("zone", seat.zone), reminder_hour=hours[0], digest_hour=hours[1])

    def _unseat(self, seats: list[int]) -> None:
        """With the mail that waits for them; what was asked of them and never answered goes along."""
        for statement in (_CANCEL_INVITATIONS, _CANCEL_REMINDERS, _CANCEL_DIGESTS):
            self.tx.execute(statement, {"seats": seats, "now": clock.now()})
        self.tx.execute(text("delete from team_members where id = any(:seats)"), {"seats": seats})


def _deeds(since: Row[Any], seat: TeamMember) -> list[str]:
    found = [words for deed, words in _DEEDS.items() if getattr(since, deed)]
    if seat.left_at:
        return [*found, "has left the team since"]
    quiet = seat.paused_at or seat.away_until or seat.receipts != Receipts.TEAM
    return [*found, "has said since when not to be asked"] if quiet else found


def _invitation(since: Row[Any]) -> list[str]:
    return [f"the invitation was {since.invitation} already"] if since.invitation else []


_LOCK_PEOPLE = text("""
    select from team_members s join users u on u.id = s.user_id
    left join memberships m on m.user_id = s.user_id and m.workspace_id = s.workspace_id
    where s.id = any(:seats) order by u.id, s.id for update of u, s
""")

_LOCK_PROMPTS = text("select from prompts where team_member_id = any(:seats) order by id for update")

# What somebody did who had been here before is theirs and not this seat's. It is found by the person: `+ 0` keeps the
# index away that has all their team did.
_SINCE = text("""
    select s.id,
           exists (select from prompts p where p.team_member_id = s.id and (p.answered_at is not null
                   or exists (select from entries where prompt_id = p.id)))
           or exists (select from entries where team_id + 0 = s.team_id and user_id = s.user_id) as answered,
           exists (select from prompts p join inbound_emails i on i.prompt_id = p.id where p.team_member_id = s.id)
           or m.id is not null
              and exists (select from inbound_emails where user_id = s.user_id and workspace_id = s.workspace_id)
           as wrote,
           exists (select from comments where team_id + 0 = s.team_id and author_id = s.user_id)
           or exists (select from comments where team_id + 0 = s.team_id and to_user_id = s.user_id) as commented,
           m.id is not null and exists (select from sign_ins where user_id = s.user_id
                                        and workspace_id = s.workspace_id and used_at is not null) as signed_in,
           (select state from deliveries where kind = 'invitation' and source_id = s.id
            and state in ('sending', 'sent', 'delivered', 'bounced', 'complained', 'unknown') limit 1) as invitation
    from team_members s
    left join memberships m on m.user_id = s.user_id and m.workspace_id = s.workspace_id and m.import_id = :import
    where s.id = any(:seats)
""")

_CANCELED = "update deliveries d set state = 'canceled', reason = 'the import was undone', settled_at = :now"

_CANCEL_INVITATIONS = text(f"""
    {_CANCELED} where d.state = 'queued' and d.kind = 'invitation' and d.source_id = any(:seats)
""")

_CANCEL_REMINDERS = text(f"""
    {_CANCELED} from prompts p
    where p.team_member_id = any(:seats) and d.state = 'queued' and d.kind = 'reminder' and d.source_id = p.id
""")

_CANCEL_DIGESTS = text(f"""
    {_CANCELED} from team_members s join users u on u.id = s.user_id join digests g on g.team_id = s.team_id
    where s.id = any(:seats) and d.state = 'queued' and d.kind = 'digest' and d.source_id = g.id
      and d.recipient = u.email
""")
