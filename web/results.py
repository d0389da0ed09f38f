"""What came of editions: of one, and of a newsletter over time."""

from datetime import datetime

from flask import Blueprint, Response, jsonify, render_template
from sqlalchemy.orm import Session

from models import clock
from models.db import transaction
from models.delivery import State
from models.edition import Edition
from models.publication import Publication
from models.traces.growth import Day
from models.traces.results import HOURS, Results, Who
from web.charts.lines import Lines, Series
from web.charts.strip import Part, Strip
from web.editions import whole
from web.errors import wants_json
from web.visitor import editors_only, ours

page = Blueprint("results", __name__)

EDITIONS = 24  # of a newsletter on one page
DAYS = 90
SPANS = (8, 24, HOURS)  # hours that its chart shows, the fewest that hold what is known


@page.get("/editions/<id:edition_id>/results")
@editors_only
def edition(edition_id: int) -> str | Response:
    now = clock.now()
    with transaction() as tx:
        found = _of(tx, whole(tx, edition_id))
        links = found.links(tx)
    if wants_json():
        return jsonify(told(found, links))
    about = {"chart": first_hours(found, now), "strip": strip, "links": links}
    return render_template("results/edition.html", results=found, edition=found.edition, **about)


@page.get("/publications/<id:publication_id>/results")
@editors_only
def publication(publication_id: int) -> str:
    with transaction() as tx:
        mine = ours(tx, Publication, publication_id)
        found = Results.latest(tx, mine.id, EDITIONS)
        readers = mine.standing(tx).get("active", 0)
        days = Day.of(tx, mine.id, readers=readers, today=clock.now().date(), days=DAYS)
    charts = {"over_time": over_time(found), "growth": growth(days)}
    return render_template("results/publication.html", publication=mine, found=found, days=days, **charts)


def first_hours(results: Results, now: datetime) -> Lines:
    """An edition from hour to hour, for two days at most: how many had it, had opened it, had clicked."""
    series = [Series("Delivered", results.by_hour("copy", State.DELIVERED, now))]
    if results.is_counted:
        series.append(Series("Opened by people", results.by_hour("open", "person", now)))
        series.append(Series("Clicked by people", results.by_hour("click", "person", now)))
    hours = next(span for span in SPANS if span >= len(series[0].values) - 1)
    labels = [f"{number} h" for number in range(hours + 1)]
    about = f"How many copies had arrived{', been opened and clicked in' if results.is_counted else ''} by each hour."
    return Lines(f"The first {hours} hours", about, labels, series)


def over_time(found: list[Results]) -> Lines:
    """The latest editions of a newsletter, each a point."""
    series = [Series("Delivered", [each.delivered for each in found])]
    if any(each.is_counted for each in found):
        series.append(Series("Opened by people", [each.opens.person if each.is_counted else None for each in found]))
        series.append(Series("Clicked by people", [each.clicks.person if each.is_counted else None for each in found]))
    days = [f"{each.edition.published_at:%-d %b}" for each in found]
    labels = [f"{each.edition.published_at:%-d %b %Y}: {each.edition.subject}" for each in found]
    return Lines("Edition by edition", "Each point is an edition, the latest at the right.", labels, series, days)


def growth(days: list[Day]) -> Lines:
    labels, places = [f"{day.day:%-d %B %Y}" for day in days], [f"{day.day:%-d %b}" for day in days]
    series = [Series("Subscribers", [day.readers for day in days])]
    return Lines("Subscribers", "How many subscribed at the end of each day.", labels, series, places, is_filled=True)


def strip(title: str, who: Who, of: int) -> Strip:
    """People, the unsure and machines of all who had it."""
    parts = Part("people", who.person), Part("unsure", who.unsure), Part("machines", who.machine)
    return Strip(title, parts, max(of, who.total))


def told(results: Results, links: list[tuple[str, Who]]) -> dict[str, object]:
    """As programs read it. Opens and clicks are null where nobody counts them."""
    counted = {"opens": results.opens._asdict(), "clicks": results.clicks._asdict()}
    return {
        "id": results.edition.id,
        "audience": results.edition.audience,
        "delivered": results.delivered,
        "bounced": results.copies(State.BOUNCED),
        "complained": results.copies(State.COMPLAINED),
        "left": results.left,
        "replied": results.replies,
        **(counted if results.is_counted else dict.fromkeys(counted)),
        "links": [{"address": address, **who._asdict()} for address, who in links],
    }


def _of(tx: Session, found: Edition) -> Results:
    return Results.of(tx, [found])[0]
