"""Who plays in the demo: a team around the world, and how each of them answers a mail."""

from dataclasses import dataclass
from datetime import time

OWNER = "ada@northwind.example"
TEAM = "Product"
COMMENT = """> Grace Hopper
>   ! The tape reader is still away

Mine is free: it goes into the post today.
"""


@dataclass(frozen=True)
class Part:
    """A teammate. `client` is the mail program they reply with; `charset` makes it a raw mail in that encoding.

    `next_day` is what they answer on Tuesday; `entries` is how many all they say comes to. Who `is_late` answers for
    Monday a day later.
    """

    name: str
    email: str
    zone: str
    client: str = "gmail"
    text: str = ""
    html: str = ""
    charset: str = ""
    entries: int = 0
    next_day: str = ""
    is_late: bool = False
    reminder: time = time(18)
    digest: time = time(9)


CAST = (
    Part(
        "Ada Lovelace",
        OWNER,
        "Europe/London",
        "gmail",
        "Wrote the notes on the analytical engine\nReviewed Grace's compiler\n[] Send the notes to the printer",
        entries=4,
        next_day="Sent the notes to the printer",
    ),
    Part(
        "Grace Hopper",
        "grace@northwind.example",
        "America/New_York",
        "outlook",
        "- Found a moth in relay 70, panel F\n- Moved the loader to the new machine\n! The tape reader is still away",
        entries=5,
        next_day="- Taped the moth into the log book\n- Talked to the printer with Ada",
    ),
    Part(
        "田中 健二",
        "kenji@northwind.example",
        "Asia/Tokyo",
        "apple",
        "請求書の画面を直しました\nテストを三つ追加しました",
        entries=2,
    ),
    Part(
        "Lena Brandt",
        "lena@northwind.example",
        "Europe/Berlin",
        text="Die Größenprüfung für Anhänge ist fertig\nMüller & Söhne haben das Angebot – endlich – bestätigt",
        charset="windows-1252",
        entries=2,
    ),
    Part(
        "Priya Raman",
        "priya@northwind.example",
        "Asia/Kolkata",
        "android",
        "Shipped the import page. Talked to two customers about it.",
        entries=1,
        reminder=time(17, 30),
    ),
    Part(
        "Mateo Díaz",
        "mateo@northwind.example",
        "America/Mexico_City",
        "none",
        html="<ul><li>Cerré el informe de <b>noviembre</b></li><li>Preparé la demo &amp; la agenda</li></ul>",
        entries=2,
    ),
    Part(
        "Aroha Ngata",
        "aroha@northwind.example",
        "Pacific/Auckland",
        "iphone",
        "Fixed the flaky deploy\n[x] Wrote the runbook",
        entries=2,
    ),
    Part(
        "Sam Okafor",
        "sam@northwind.example",
        "America/Los_Angeles",
        "gmail",
        "Visited the customer in Fresno all day, no network there",
        entries=1,
        is_late=True,
    ),
)
