"""Whether a person opened a letter and clicked in it, or a machine: pure, from all that is known of one delivery.

Many opens and clicks are nobody's. What is known of them, and where from:

- Apple Mail with Mail Privacy Protection fetches the pictures of all mail, looked at or not, and calls itself only
  `Mozilla/5.0` (support.apple.com/guide/iphone/iphf084865c7, wordtothewise.com/2021/09/apple-mpp).
- Google and Yahoo fetch pictures for their readers when those look, and say so (`GoogleImageProxy`, `YahooMailProxy`;
  support.google.com/mail/answer/145919). What they fetch the moment a mail arrives, nobody has looked at.
- Programs that guard mailboxes follow the links of a mail: all of them within seconds, also those that no reader sees,
  and mostly as it arrives (paminga.com/docs/concepts/bot-filtering; help articles of most senders of newsletters).
  They pretend to be browsers, so what they do tells more than what they call themselves.
- Postmark tells only the first click on each link of a copy (postmarkapp.com/developer/user-guide/tracking-links).
  Where a scanner was first, the reader's own clicks on the same links are never told: people click at least as much.

How many requests were `HEAD` is not told either. When nothing speaks for a machine, it was a person; when too little
does, it is unsure, and is shown as that.
"""

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from models.traces.sight import Sight

SCAN = timedelta(seconds=60)  # around a visit to the hidden link: one program at work on one mail
BURST = timedelta(seconds=1)  # in which nobody clicks several links
MANY, SEVERAL = 3, 2  # different links: surely, perhaps
AT_ONCE = timedelta(seconds=10)  # after the letter was handed over: what is fetched then, is fetched unseen
TOO_SOON = timedelta(seconds=5)

APPLE = "Mozilla/5.0"
PROXIES = {"GoogleImageProxy": "Gmail", "YahooMailProxy": "Yahoo Mail"}
PROGRAMS = re.compile(
    r"bot\b|crawl|spider|scan|preview|curl/|wget|python|java/|go-http|okhttp|libwww|headless|phantomjs|barracuda|"
    r"proofpoint|mimecast|ironport|fortinet|sophos|symantec|trendmicro|trend micro|existence discovery|"
    r"facebookexternalhit|slackbot|safelinks",
    re.IGNORECASE,
)


class By(StrEnum):
    PERSON = "person"
    UNSURE = "unsure"
    MACHINE = "machine"


class Verdict(NamedTuple):
    by: By
    reason: str


def judged(sent_at: datetime | None, sights: Sequence[Sight]) -> list[Verdict]:
    """A verdict for each sight of one delivery, in the order given; which order that is changes none of them."""
    visits = [sight.at for sight in sights if sight.is_canary]
    bursts = _bursts([sight for sight in sights if sight.link])
    return [
        _of_itself(sight) or _in_company(sight, visits, bursts) or _in_time(sight, sent_at) or _PERSON
        for sight in sights
    ]


def _of_itself(sight: Sight) -> Verdict | None:
    """What it did and what it calls itself."""
    if sight.is_canary:
        return Verdict(By.MACHINE, "followed a link that no reader can see")
    if found := PROGRAMS.search(sight.agent):
        return Verdict(By.MACHINE, f"calls itself a program: {found.group().strip('/')}")
    if sight.agent == APPLE:
        return Verdict(By.MACHINE, "fetched by Apple Mail, which fetches all mail unseen")
    return None


def _in_company(sight: Sight, visits: Sequence[datetime], bursts: Mapping[datetime, int]) -> Verdict | None:
    """What else happened to the same letter at that time."""
    if any(abs(sight.at - visit) <= SCAN for visit in visits):
        return Verdict(By.MACHINE, f"within {SCAN.seconds} seconds of a program that followed the hidden link")
    around = (links for start, links in bursts.items() if sight.link and start <= sight.at <= start + BURST)
    links = max(around, default=0)
    if links >= MANY:
        return Verdict(By.MACHINE, "one of several links followed within a second")
    return Verdict(By.UNSURE, "one of two links followed within a second") if links >= SEVERAL else None


def _bursts(clicks: Sequence[Sight]) -> dict[datetime, int]:
    """How many different links were followed in the second from each click on."""
    starts = {click.at for click in clicks}
    return {start: len({click.link for click in clicks if start <= click.at <= start + BURST}) for start in starts}


def _in_time(sight: Sight, sent_at: datetime | None) -> Verdict | None:
    """How soon after the letter was handed over. One from before that says that clocks differ, and nothing else."""
    after = sight.at - sent_at if sent_at else None
    is_soon = after is not None and timedelta(0) <= after
    proxy = next((name for word, name in PROXIES.items() if word in sight.agent), "")
    if after is not None and is_soon and proxy and after <= AT_ONCE:
        return Verdict(By.MACHINE, f"fetched by {proxy} as the letter came")
    if after is not None and is_soon and after <= TOO_SOON:
        return Verdict(By.UNSURE, "within seconds of the letter's being sent")
    return None if sight.agent else Verdict(By.UNSURE, "does not say what it is")


_PERSON = Verdict(By.PERSON, "a mail program or a browser, in its own time")
RANK = {By.MACHINE: 0, By.UNSURE: 1, By.PERSON: 2}
