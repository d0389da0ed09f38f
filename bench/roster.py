"""A file of many people, and what a manager does with it in their browser."""

import csv
import io
import time
from typing import Any

import requests
from lxml import html
from sqlalchemy import select, text

from bench.crowd import COLUMNS, Crowd
from bench.stage import Stage, say, until
from jobs.imports import read_import
from models.db import transaction
from models.exports import making
from models.imports import checks
from models.imports.file import Import
from models.imports.progress import Progress
from models.sign_in import SignIn
from models.user import User
from models.workspace import Workspace

OWNER = "owner@people.example"


class Roster:
    """A crowd's file on its way through an import."""

    def __init__(
        self, system: Stage, n: int, start: int = 0, *, verified: bool = False, existing: str = "skip"
    ) -> None:
        self.system, self.n, self.crowd, self.existing = system, n, Crowd(n, start, verified), existing
        self.web = requests.Session()
        self.url = system.variables["BASE_URL"]
        self.number = 0

    def take(self, patience: float) -> None:
        """From the file to the last receipt."""
        self.upload()
        self.check(patience)
        self.run()
        until(self.is_done, "the first rows", patience)

    def upload(self) -> None:
        self._sign_in()
        file = io.StringIO()
        csv.writer(file).writerows([COLUMNS, *self.crowd.rows()])
        self._send("/imports/new", "/imports", files={"file": ("people.csv", file.getvalue().encode())})
        self.number = int(self.page.url.split("/")[-2])

    def check(self, patience: float) -> None:
        self.begin_check()
        self.wait_until_checked(patience)

    def wait_until_checked(self, patience: float) -> None:
        until(lambda: self._state() == "checked", "every row to be checked", patience)

    def check_here(self) -> None:
        self.begin_check()
        read_import(self.number, 1)

    def form(self, page: str) -> tuple[str, str]:
        """The cookie of whoever signs in, and the token of that page's form."""
        self._sign_in()
        token = self._token(page)
        return "; ".join(f"{each.name}={each.value}" for each in self.web.cookies), token

    def run(self) -> None:
        self._send(f"/imports/{self.number}", f"/imports/{self.number}/run")

    def undo(self) -> None:
        self._send(f"/imports/{self.number}/undoing", f"/imports/{self.number}/undoing")

    def set_running(self) -> None:
        with transaction() as tx:
            tx.get_one(Import, self.number).run(tx)

    def is_done(self) -> bool:
        return not self.pending()

    def pending(self) -> int:
        return self.progress().waiting

    def progress(self) -> Progress:
        with transaction() as tx:
            return Progress.of(tx, self.number)

    def read_to(self) -> int:
        """How many rows have been read and checked."""
        with transaction() as tx:
            return int(tx.scalar(select(Import.read_to).filter_by(id=self.number)) or 0)

    def opened(self, path: str, times: int = 5) -> float:
        """Milliseconds until a page of it is there, at most."""
        took = []
        for _ in range(times):
            began = time.perf_counter()
            self._asked("GET", f"/imports/{self.number}{path}")
            took.append(time.perf_counter() - began)
        return round(1000 * max(took), 1)

    def on_their_way(self) -> int:
        """Invitations that the provider has not taken yet."""
        with transaction() as tx:
            return int(tx.scalar(_ON_THEIR_WAY) or 0)

    def reckon(self) -> dict[str, Any]:
        """rows_lost: without a receipt, or with another than was expected. seats_wrong: people who are missing or too
        many. file_equal: whether the finished file has what was uploaded with what was to become of it.
        """
        expected = self.crowd.outcomes()
        finished = self._finished()
        rows = list(zip(self.crowd.rows(), expected, strict=True))
        wanted = [[*row, str(place), outcome] for place, (row, outcome) in enumerate(rows, 2)]
        wrong = [(found, want) for found, want in zip(finished, wanted, strict=False) if found != want]
        for found, want in wrong[:5]:
            say(f"  {found} is not {want}")
        return {
            "outcomes": {outcome: expected.count(outcome) for outcome in sorted(set(expected))},
            "rows_lost": len(wrong) + abs(len(finished) - self.n),
            **self._people({row[1] for row, outcome in rows if outcome == "created"}),
            "file_equal": finished == wanted,
        }

    def _people(self, addresses: set[str]) -> dict[str, Any]:
        """Whether each of them has one seat and one invitation, and what was found of the addresses of all."""
        with transaction() as tx:
            verdicts = checks.verdicts(tx, tx.get_one(Import, self.number))
            seats = [email for email in tx.scalars(_SEATS) if email in addresses]
        invited = [each["To"] for each in self.system.provider.record() if each["To"] in addresses]
        wrong = {"seats_wrong": _differ(seats, addresses), "invited_wrong": _differ(invited, addresses)}
        return {**wrong, "verdicts": verdicts}

    def _finished(self) -> list[list[str]]:
        self._send(f"/imports/{self.number}", f"/imports/{self.number}/exports")
        made = self.page.url
        while making.step(int(made.rpartition("/")[2])):  # the workers may have been stopped by now
            pass
        answer = self.web.get(f"{made}/file", timeout=600)
        answer.raise_for_status()
        rows = list(csv.reader(io.StringIO(answer.content.decode("utf-8-sig"))))[1:]
        return [row[: len(COLUMNS) + 2] for row in rows]

    def begin_check(self) -> None:
        mapping = ["name", "email", "team", "reminder_hour", "zone"]
        said = {"existing": self.existing, "team": "", "zone": "UTC", "reminder_hour": "18:00", "digest_hour": "09:00"}
        said |= {"verify": "undeliverable"} if self.crowd.verified else {}
        edit = f"/imports/{self.number}/edit"
        self._send(edit, f"/imports/{self.number}", data={**said, "mapping": mapping, "invite": "y"})

    def _state(self) -> str:
        with transaction() as tx:
            return str(tx.scalar(select(Import.state).filter_by(id=self.number)))

    def _sign_in(self) -> None:
        with transaction() as tx:
            owner = User.called(tx, OWNER)
            if not Workspace.exists(tx):
                Workspace.set_up(tx, name="People", base_url=self.url, owner=owner)
            asked = SignIn.ask(tx, owner)
        assert asked
        self._send(f"/sign-in/{asked.token}", f"/sign-in/{asked.token}")

    def _send(self, page: str, action: str, **said: Any) -> None:
        """A form as a browser sends it; a web server that is just being replaced is waited for."""
        token = self._token(page)
        self.page = self._asked("POST", action, **said | {"data": said.get("data", {}) | {"csrf_token": token}})

    def _token(self, page: str) -> str:
        return str(html.fromstring(self._asked("GET", page).content).xpath("//input[@name='csrf_token']/@value")[0])

    def _asked(self, method: str, path: str, **said: Any) -> requests.Response:
        deadline = time.monotonic() + 30
        while True:
            try:
                answer = self.web.request(method, self.url + path, timeout=120, **said)
                answer.raise_for_status()
                return answer
            except requests.ConnectionError:
                if time.monotonic() > deadline:
                    raise
                time.sleep(0.1)


def _differ(found: list[str], wanted: set[str]) -> int:
    """How many are missing, and how often one is there again."""
    return abs(len(found) - len(wanted)) + len(found) - len(set(found))


_ON_THEIR_WAY = text("select count(*) from deliveries where state in ('queued', 'sending', 'unknown')")
_SEATS = text("select u.email from team_members m join users u on u.id = m.user_id")
