"""The pictures of a workspace's letters: uploaded, described, put into letters, taken away."""

from flask import Blueprint, current_app, flash, jsonify, redirect, render_template, request, url_for
from flask_wtf import FlaskForm
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response
from wtforms import StringField
from wtforms.validators import Length

from emails import links, pictures
from emails.pictures import NoPicture
from emails.writing.pictures import written
from models import image_use
from models.db import transaction
from models.image import MOST, Full, Image
from models.image_use import InUse
from models.workspace import Workspace
from web import uploads
from web.audit import audit
from web.errors import wants_json
from web.fields import one_line
from web.listing import Listing, by_number
from web.sure import sure
from web.uploads import Upload
from web.visitor import editors_only, here, ours, visitor

page = Blueprint("images", __name__, url_prefix="/images")

AT_HAND = 12  # beside a letter that is being written
LONGEST = 500  # characters of what it shows
FULL = f"There is no room: the pictures of a workspace have {MOST // 10**6:,} MB together. Please take some away."


class ImageForm(FlaskForm):
    alt = StringField(
        "What it shows",
        [Length(max=LONGEST, message=f"Please use at most {LONGEST} characters.")],
        filters=[one_line],
        description="For readers who do not see it. Leave it blank only if it adorns and says nothing.",
    )


@page.before_request
def make_room() -> None:
    """Only then is the form read, and its token asked for."""
    if request.endpoint == "images.create":
        uploads.make_room(pictures.LARGEST)
    current_app.extensions["csrf"].protect()


@page.get("")
@editors_only
def index() -> str:
    return _listed(ImageForm())


@page.post("")
@editors_only
def create() -> Response | tuple[Response | str, int]:
    """To a script `{"alt": …, "markdown": …, "html": …, "mjml": …}`, or `{"problem": …}`."""
    form, upload = ImageForm(), uploads.chosen()
    try:
        image = kept(upload, form.alt.data or "", visitor.user.id) if upload and form.validate() else None
    except NoPicture as refused:
        return _refused(form, f"{upload.name if upload else ''}: {refused}")
    if image is None:
        return _refused(form, "" if upload else "Please choose a picture.")
    if wants_json():
        return jsonify(alt=image.alt, **said(visitor.workspace, image)), 201
    return redirect(url_for("images.show", image_id=image.id))


@page.get("/<id:image_id>")
@editors_only
def show(image_id: int) -> str:
    with transaction() as tx:
        image = ours(tx, Image, image_id)
        uses = image_use.uses(tx, here(), [image])[image.id]
    about = {"said": said(visitor.workspace, image), "uses": uses, "form": ImageForm(obj=image)}
    return render_template("images/show.html", image=image, **about)


@page.post("/<id:image_id>")
@editors_only
def update(image_id: int) -> Response | tuple[str, int]:
    """What it shows, for the next letter: those that are written say what they said."""
    form = ImageForm()
    is_valid = form.validate()
    with transaction() as tx:
        image = ours(tx, Image, image_id)
        uses = image_use.uses(tx, here(), [image])[image.id]
        if is_valid:
            image.alt = form.alt.data
            audit(tx, "described", image)
    if not is_valid:
        about = {"said": said(visitor.workspace, image), "uses": uses, "form": form}
        return render_template("images/show.html", image=image, **about), 422
    flash("Saved: the next letter that you put it into says so.")
    return redirect(url_for("images.show", image_id=image_id))


@page.post("/<id:image_id>/removal")
@editors_only
@sure("Remove this picture?", "Letters that were sent still show it; it cannot be put into others any more.")
def destroy(image_id: int) -> Response:
    """Refused while it stands in something that can still be sent. What has been sent goes on showing it."""
    try:
        with transaction() as tx:
            image = ours(tx, Image, image_id)
            audit(tx, "removed", image)
            name, is_gone = image.name, image_use.remove(tx, image)
    except InUse as used:
        flash(f"It stands in {used}: please take it out there first.")
        return redirect(url_for("images.show", image_id=image_id))
    flash(f"{name} is gone." if is_gone else f"{name} has left the library. The letters that were sent still show it.")
    return redirect(url_for("images.index"))


def kept(upload: Upload, alt: str, user_id: int | None = None) -> Image:
    """In the library of this workspace. Raises `NoPicture`."""
    picture = pictures.understood(upload.stream.read(pictures.LARGEST + 1))
    about: dict[str, object] = {"user_id": user_id, "name": upload.name, "kind": picture.kind}
    about |= {"ending": pictures.ENDINGS[picture.kind], "thumbnail": pictures.thumbnail(picture.content)}
    about |= {"width": picture.width, "height": picture.height}
    try:
        with transaction() as tx:
            image = Image.keep(tx, here(), picture.content, alt=alt, **about)
            audit(tx, "added", image)
            return image
    except Full:
        raise NoPicture(FULL) from None


def said(workspace: Workspace, image: Image) -> dict[str, str]:
    """What stands for it in a letter, by the format of the letter."""
    return written(links.picture(workspace, image), image.alt, (image.width, image.height))


def picked(tx: Session) -> dict[str, str] | None:
    """What stands for the picture whose button beside a letter was pressed, if one was."""
    number = request.form.get("picture", 0, type=int)
    return said(visitor.workspace, ours(tx, Image, number)) if 0 < number < 2**63 else None


def at_hand(tx: Session) -> list[tuple[Image, dict[str, str]]]:
    """The latest of the library that say what they show, each with what stands for it in a letter."""
    mine = select(Image).filter_by(workspace_id=here(), removed_at=None).where(Image.alt != "")
    latest = tx.scalars(mine.order_by(Image.id.desc()).limit(AT_HAND))
    return [(image, said(visitor.workspace, image)) for image in latest]


def _refused(form: ImageForm, problem: str) -> tuple[Response | str, int]:
    problem = problem or " ".join(form.alt.errors)
    return (jsonify(problem=problem) if wants_json() else _listed(form, problem)), 422


def _listed(form: ImageForm, problem: str = "") -> str:
    with transaction() as tx:
        mine = select(Image).filter_by(workspace_id=here(), removed_at=None)
        found: Listing[Image] = Listing.of(tx, mine, by_number(Image.id))
        about = {"uses": image_use.uses(tx, here(), found.rows), "total": Image.total(tx, here())}
    return render_template("images/index.html", found=found, form=form, problem=problem, most=MOST, **about)
