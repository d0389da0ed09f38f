"""One working day of the demo's team, from the first reminder to the last digest."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from email.message import EmailMessage
from time import monotonic, sleep
from typing import Any

import requests
from sqlalchemy import func, select
from sqlalchemy.orm import Session

from config import settings
from jobs.activity import unfinished
from jobs.tick import tick
from local.cast import CAST, OWNER, Part
from models import clock
from models.db import transaction
from models.delivery import Delivery, State
from models.entry import Entry
from models.inbound_email import InboundEmail
from models.local_time import next_moment, zone
from models.team import Team
from models.user import User
from models.workspace import Workspace

WORKING_WEEK = range(5)
ANSWER_TAKES = timedelta(minutes=30)


class Day:
    """Plays the next Monday of the calendar. `say` gets a line for everything that happens."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.parts = {part.email: part for part in CAST}
        self.seen: set[str] = set()
        self.answered: set[Part] = set()

    def play(self) -> dict[str, int]:
        """Returns what was counted: from the sandbox's record, not from what we think we did."""
        monday = self._midnight()
        clock.move_to(monday)
        with transaction() as tx:
            self._settle_in(tx)
        for moment in self._moments(monday):
            self._move_to(moment)
        self._show_a_digest()
        return self._count()

    def hour(self) -> str:
        """What time it is in the demo, where its owner is: `Tuesday, 24 November, 18:00 in London`."""
        place = self.parts[OWNER].zone
        return f"{clock.now().astimezone(zone(place)):%A, %-d %B, %H:%M} in {place.rpartition('/')[2]}"

    def _midnight(self) -> datetime:
        today = clock.now().date()
        coming = today + timedelta(days=(7 - today.weekday()) % 7 or 7)
        return datetime.combine(coming, time(0), UTC)

    def _settle_in(self, tx: Session) -> None:
        owner = User.called(tx, OWNER, self.parts[OWNER].name)
        base_url = settings.base_url or ""
        workspace = Workspace.set_up(tx, name="Northwind", base_url=base_url, owner=owner)
        team = Team(workspace=workspace, name="Product")
        tx.add(team)
        tx.flush()
        for part in CAST:
            person = User.called(tx, part.email, part.name)
            team.invite(tx, person, zone=part.zone, reminder_hour=part.reminder, digest_hour=part.digest)

    def _moments(self, monday: datetime) -> list[datetime]:
        """Everybody's reminder on Monday, the half hour in which they answer, and their digest on Tuesday.

        And Tuesday's reminders up to the owner's: whoever signs in as her has just been asked.
        """
        asked = {part: self._after(monday, part.reminder, part) for part in CAST}
        answered = {moment + ANSWER_TAKES for moment in asked.values()}
        read = {self._after(moment, part.digest, part) for part, moment in asked.items()}
        again = {part: self._after(moment, part.reminder, part) for part, moment in asked.items()}
        end = again[self.parts[OWNER]]
        return sorted({*asked.values(), *answered, *read, *(moment for moment in again.values() if moment <= end)})

    def _after(self, moment: datetime, hour: time, part: Part) -> datetime:
        found = next_moment(moment, hour, part.zone, WORKING_WEEK)
        assert found
        return found

    def _move_to(self, moment: datetime) -> None:
        """What half an hour ago was asked is answered now; then the tick does whatever is due."""
        clock.move_to(moment)
        for message in self._messages("reminder"):
            self._answer(message)
        self._settle()
        tick.later()
        self._settle()
        self._tell(moment)

    def _answer(self, message: dict[str, Any]) -> None:
        part = self.parts[message["To"]]
        if part not in self.answered and (part.text or part.html):
            self.answered.add(part)
            self._send_raw(message, part) if part.charset else self._send_reply(message, part)

    def _send_reply(self, message: dict[str, Any], part: Part) -> None:
        words = {"text": part.text, "html": part.html, "client": part.client}
        given = {key: value for key, value in words.items() if value}
        self._post(f"/sandbox/messages/{message['id']}/reply", json=given)

    def _send_raw(self, message: dict[str, Any], part: Part) -> None:
        mail = EmailMessage()
        mail["From"], mail["To"] = f"{part.name} <{part.email}>", message["ReplyTo"]
        mail["Subject"] = f"AW: {message['Subject']}"
        mail["Message-ID"] = f"<{message['id']}@mail.northwind.example>"
        mail["In-Reply-To"] = f"<{message['id']}@mtasv.net>"
        quoted = "".join(f"> {line}\n" for line in message["TextBody"].splitlines())
        asked = clock.now().astimezone(zone(part.zone)) - ANSWER_TAKES
        body = f"{part.text}\n\n-- \n{part.name}\n\nAm {asked:%d.%m.%Y um %H:%M} schrieb Product:\n{quoted}"
        mail.set_content(body, charset=part.charset)
        self._post(f"/sandbox/inbound?to={requests.utils.quote(message['ReplyTo'])}", data=mail.as_bytes())

    def _settle(self, patience: float = 60.0) -> None:
        """Waits until no job and no webhook is on its way."""
        deadline = monotonic() + patience
        while self._busy() or self._busy():  # a webhook may become a job between two looks
            if monotonic() > deadline:
                raise TimeoutError("the demo waits for jobs that do not end; .local/demo/output.log says why")
            sleep(0.02)

    def _busy(self) -> int:
        sandbox = self._get("/sandbox/record/summary")
        return unfinished() + int(sandbox["undelivered"]) + int(sandbox["webhooks"]["pending"])

    def _tell(self, moment: datetime) -> None:
        for message in self._messages():
            if message["id"] not in self.seen:
                self.seen.add(message["id"])
                part = self.parts[message["To"]]
                local = moment.astimezone(zone(part.zone))
                self.say(f"  {local:%a %H:%M} {part.zone:20} {message['Tag']:9} → {part.name}")

    def _show_a_digest(self) -> None:
        digest = self._messages("digest")[0]
        self.say(f"\n{digest['Subject']}\n{'=' * len(digest['Subject'])}\n{digest['TextBody']}")

    def _count(self) -> dict[str, int]:
        record = self._get("/sandbox/record/summary")
        with transaction() as tx:
            entries = tx.scalar(select(func.count(Entry.id))) or 0
            owed = set(tx.scalars(select(Delivery.id).where(Delivery.state != State.SUPPRESSED)))
            understood = tx.scalar(select(func.count(InboundEmail.id)).filter_by(state="processed")) or 0
        unanswered = sum(part.entries for part in CAST) - entries
        return {
            "reminders": record["by_tag"].get("reminder", 0),
            "replies": understood,
            "entries": entries,
            "digests": record["by_tag"].get("digest", 0),
            "lost": len(owed - self._accepted()) + (len(self.answered) - understood) + max(unanswered, 0),
            "duplicates": record["duplicates"] + max(-unanswered, 0),
        }

    def _accepted(self) -> set[int]:
        page = self._get("/sandbox/record", limit=10_000)["messages"]
        return {int(message["Metadata"]["delivery"]) for message in page}

    def _messages(self, tag: str | None = None) -> list[dict[str, Any]]:
        return self._get("/sandbox/messages", limit=500, **({"tag": tag} if tag else {}))["messages"][::-1]

    def _get(self, path: str, **query: Any) -> dict[str, Any]:
        answer = requests.get(settings.postmark_api_url + path, params=query, timeout=10)
        answer.raise_for_status()
        return answer.json()

    def _post(self, path: str, **body: Any) -> None:
        requests.post(settings.postmark_api_url + path, timeout=10, **body).raise_for_status()
