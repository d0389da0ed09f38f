"""Every mail, written with made-up people, to look at while it is being made. Not there in production."""

from flask import Blueprint, Response, abort, render_template

from emails.letter import Letter
from emails.mails import KINDS
from web import headers, samples
from web.visitor import public

page = Blueprint("previews", __name__)


@page.get("/previews")
@public
def index() -> str:
    return render_template("previews/index.html", letters={kind: letter(kind) for kind in KINDS})


@page.get("/previews/<kind>")
@public
def show(kind: str) -> str:
    return render_template("previews/show.html", kind=kind, letter=letter(kind))


@page.get("/previews/<kind>/body")
@public
def body(kind: str) -> Response:
    return Response(str(letter(kind).html), content_type="text/html", headers={"Content-Security-Policy": headers.MAIL})


def letter(kind: str) -> Letter:
    return KINDS[kind].write(samples.ABOUT[kind]()) if kind in KINDS else abort(404)
