"""Every piece that pages are made of, in every state, to look at while it is being made. Not there in production."""

from datetime import date, time, timedelta
from typing import Any

from flask import Blueprint, render_template
from wtforms import BooleanField, FileField, Form, RadioField, SelectField

from web.charts.lines import Lines, Series
from web.charts.strip import Part, Strip
from web.fields import HourField, LineField, ParagraphsField, WorkingDaysField
from web.visitor import public

page = Blueprint("components", __name__)

STATES = ("sent", "queued", "paused", "bounced", "draft")  # of each tone, and of none


class Sample(Form):
    """Every kind of field. Sent empty, each says what is wrong."""

    name = LineField("Name", description="As it stands on the page.")
    about = ParagraphsField("About it")
    hour = HourField("Ask at")
    working_days = WorkingDaysField()
    kind = SelectField("What they are", choices=["team members", "subscribers"])
    visible = RadioField("Who sees it", choices=[("everybody", "everybody"), ("nobody", "nobody")], default="everybody")
    invite = BooleanField("Send everybody who is new the mail that says what will come")
    file = FileField("File")


@page.get("/previews/components")
@public
def show() -> str:
    wrong = Sample()
    wrong.validate()
    right = Sample(data={"name": "Engine room", "hour": time(18), "working_days": range(5)}, prefix="right-")
    return render_template("previews/components.html", states=STATES, right=right, wrong=wrong, **_charts())


def _charts() -> dict[str, Any]:
    days = [f"{date(2026, 11, 1) + timedelta(day):%-d %b}" for day in range(28)]
    joined = Series("joined", [3 * day + day % 5 * 9 for day in range(28)])
    left = Series("left", [day // 3 for day in range(28)])
    return {
        "growth": Lines("Subscribers", "Four weeks: more come than leave.", days, [joined, left], is_filled=True),
        "nothing": Lines("Opened", "Nobody yet.", days, [Series("opened", [0] * 28)]),
        "parts": Strip("Opened", [Part("people", 410), Part("unsure", 60), Part("machines", 180)], 1000),
    }
