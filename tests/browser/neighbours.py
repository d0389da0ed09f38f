"""A house that somebody lives in: people, days, editions and readers around the one thing of each that `houses` has.

For pictures. Names and numbers are made up, and the same every time.
"""

from datetime import date, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import text

from models import clock
from models.db import transaction
from models.prompt import Prompt
from models.team import Team
from tests import people
from tests.web.houses import Place

DAYS = 6
SAID = {
    "Ada": (("done", "Wrote down how the engine computes Bernoulli numbers"), ("goal", "Have Charles check note G")),
    "Grace": (("done", "Found the moth in relay 70 and taped it into the log book"), ("blocker", "No relays left")),
    "Kenji": (("done", "Moved the loader to the new machine"), ("done", "Answered eleven letters")),
    "Luisa": (("done", "Typeset the tables for the printer"), ("goal", "Proofread page 40 to 60")),
}
ROUND_ABOUT = Path(__file__).with_suffix(".sql")
LETTER = """<h1>Note G, and why it matters</h1><p>Dear {{ first_name | default("friend") }},</p>
<p>The engine weaves algebraic patterns just as the loom weaves flowers and leaves.</p>
<p><a href="{{ unsubscribe_link }}">Leave</a></p>"""


def move_in(place: Place) -> None:
    """Fills Ada's house; the numbers that `place` has stay what they are."""
    with transaction() as tx:
        team = tx.get_one(Team, place.team)
        seats = [people.seat(tx, team, name) for name in SAID]
        for back in range(DAYS):
            for seat in seats[: len(seats) - back % 3]:
                _say(tx, seat, clock.now().date() - timedelta(back))
        values = vars(place) | {"house": place.id, "now": clock.now(), "letter": LETTER}
        for statement in ROUND_ABOUT.read_text().strip().removesuffix(";").split(";\n"):
            tx.execute(text(statement), values)


def _say(tx: Any, seat: Any, day: date) -> None:
    Prompt.on(tx, seat, day).answer(tx, list(SAID[seat.user.email.partition("@")[0].capitalize()]))
