"""The demo's plot: a team arrives in a file, is asked on Monday and Tuesday, answers, and reads what it answered."""

from collections.abc import Callable
from datetime import UTC, datetime, time, timedelta
from time import monotonic, sleep
from typing import Any

from sqlalchemy import func, select

from config import settings
from jobs.activity import unfinished
from jobs.tick import tick
from local import mailbox, roster
from local.cast import CAST, COMMENT, OWNER, Part
from models import clock
from models.api_key import ApiKey, Scope
from models.comment import Comment
from models.db import transaction
from models.delivery import Delivery, State
from models.entry import Entry
from models.inbound_email import InboundEmail
from models.local_time import next_moment, zone
from models.user import User
from models.workspace import Workspace

WORKING_WEEK = range(5)
ANSWER_TAKES = timedelta(minutes=30)
LATE = timedelta(hours=20)


class Day:
    """Plays the next Monday of the calendar, and the Tuesday. `say` gets a line for everything that happens."""

    def __init__(self, say: Callable[[str], None]) -> None:
        self.say = say
        self.parts = {part.email: part for part in CAST}
        self.seen: set[str] = set()
        self.asked: dict[str, tuple[datetime, bool]] = {}  # by message: when, and whether for the first time
        self.sent: set[str] = set()  # the messages that have been answered

    def play(self) -> dict[str, int]:
        """Returns what was counted: from the sandbox's record, not from what we think we did."""
        monday = self._midnight()
        clock.move_to(monday)
        self.say("\nAda has set Postroom up, and brings her team\n")
        rows = roster.upload(self._key(), self._settle, self.say)
        self._tell(monday)
        self.say("\nMonday and Tuesday, each at their own hour\n")
        for moment in self._moments(monday):
            self._move_to(moment)
        self._show_digests()
        return {"rows": rows, **self._count()}

    def hour(self) -> str:
        """What time it is in the demo, where its owner is: `Wednesday, 25 November, 09:00 in London`."""
        place = self.parts[OWNER].zone
        return f"{clock.now().astimezone(zone(place)):%A, %-d %B, %H:%M} in {place.rpartition('/')[2]}"

    def _midnight(self) -> datetime:
        today = clock.now().date()
        coming = today + timedelta(days=(7 - today.weekday()) % 7 or 7)
        return datetime.combine(coming, time(0), UTC)

    def _key(self) -> str:
        """The owner's, whose workspace is new."""
        with transaction() as tx:
            owner = User.called(tx, OWNER, self.parts[OWNER].name)
            place = Workspace.set_up(tx, name="Northwind", base_url=settings.base_url or "", owner=owner)
            return ApiKey.issue(tx, place.id, "The file with the team", [Scope.IMPORTS])

    def _moments(self, monday: datetime) -> list[datetime]:
        """Everybody's reminders of Monday and Tuesday, the half hours in which they answer, and their digests."""
        found: set[datetime] = set()
        for part in CAST:
            first = self._after(monday, part.reminder, part)
            second = self._after(first, part.reminder, part)
            read = {self._after(moment, part.digest, part) for moment in (first, second)}
            found |= {first, first + ANSWER_TAKES, second, second + ANSWER_TAKES, *read}
        return sorted(found)

    def _after(self, moment: datetime, hour: time, part: Part) -> datetime:
        found = next_moment(moment, hour, part.zone, WORKING_WEEK)
        assert found
        return found

    def _move_to(self, moment: datetime) -> None:
        """What half an hour ago was asked is answered now; then the tick does whatever is due."""
        clock.move_to(moment)
        for message in mailbox.messages("reminder"):
            self._answer(message)
        self._comment()
        self._settle()
        tick.later()
        self._settle()
        self._tell(moment)

    def _answer(self, message: dict[str, Any]) -> None:
        part = self.parts[message["To"]]
        asked_at, is_first = self.asked[message["id"]]
        has_words = (part.text or part.html) if is_first else part.next_day
        if message["id"] in self.sent or not has_words or (part.is_late and clock.now() - asked_at < LATE):
            return
        self.sent.add(message["id"])
        if not is_first:
            mailbox.reply(message, text=part.next_day, client=part.client)
        elif part.charset:
            mailbox.reply_raw(message, part, f"{asked_at.astimezone(zone(part.zone)):%d.%m.%Y um %H:%M}")
        else:
            mailbox.reply(message, text=part.text, html=part.html, client=part.client)
        self._say_at(clock.now(), part, "← {} answers" + (" for Monday, a day late" if part.is_late else ""))

    def _comment(self) -> None:
        """The owner answers her first digest, under what somebody wrote."""
        digest = next((each for each in mailbox.messages("digest") if each["To"] == OWNER), None)
        if digest and digest["id"] not in self.sent:
            self.sent.add(digest["id"])
            mailbox.reply(digest, text=COMMENT, client="none")
            self._say_at(clock.now(), self.parts[OWNER], "← {} answers her digest, under what Grace wrote")

    def _settle(self, patience: float = 60.0) -> None:
        """Waits until no job and no webhook is on its way."""
        deadline = monotonic() + patience
        while self._busy() or self._busy():  # a webhook may become a job between two looks
            if monotonic() > deadline:
                raise TimeoutError("the demo waits for jobs that do not end; .local/demo/output.log says why")
            sleep(0.02)

    def _busy(self) -> int:
        sandbox = mailbox.summary()
        return unfinished() + int(sandbox["undelivered"]) + int(sandbox["webhooks"]["pending"])

    def _tell(self, moment: datetime) -> None:
        for message in mailbox.messages():
            if message["id"] in self.seen:
                continue
            self.seen.add(message["id"])
            if message["Tag"] == "reminder":
                known = {each["To"] for each in mailbox.messages("reminder") if each["id"] in self.asked}
                self.asked[message["id"]] = (moment, message["To"] not in known)
            self._say_at(moment, self.parts[message["To"]], f"→ {message['Tag']} to {{}}")

    def _say_at(self, moment: datetime, part: Part, words: str) -> None:
        """The name goes last, or nearly: not all are as wide as they are long."""
        self.say(f"  {moment.astimezone(zone(part.zone)):%a %H:%M} {part.zone:20} {words.format(part.name)}")

    def _show_digests(self) -> None:
        """The first that anybody read, and the owner's last, with what came late and what was answered."""
        digests = mailbox.messages("digest")
        for digest in (digests[0], [each for each in digests if each["To"] == OWNER][-1]):
            title = f"To {self.parts[digest['To']].name}: {digest['Subject']}"
            self.say(f"\n{title}\n{'=' * len(title)}\n{digest['TextBody']}")

    def _count(self) -> dict[str, int]:
        record, entries = mailbox.summary(), 0
        with transaction() as tx:
            entries, comments = (tx.scalar(select(func.count(noun.id))) or 0 for noun in (Entry, Comment))
            owed = set(tx.scalars(select(Delivery.id).where(Delivery.state != State.SUPPRESSED)))
            understood = tx.scalar(select(func.count(InboundEmail.id)).filter_by(state="processed")) or 0
        missing = sum(part.entries for part in CAST) - entries
        sent = {f"{tag}s": record["by_tag"].get(tag, 0) for tag in ("invitation", "reminder", "digest")}
        return {
            **sent,
            "replies": understood,
            "entries": entries,
            "comments": comments,
            "lost": len(owed - mailbox.accepted()) + (len(self.sent) - understood) + max(missing, 0),
            "duplicates": record["duplicates"] + max(-missing, 0),
        }
