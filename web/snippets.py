"""Pieces of text that letters say by their name: kept, looked at, taken away."""

from flask import Blueprint, Response, flash, redirect, render_template, url_for
from flask_wtf import FlaskForm
from markupsafe import escape
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as Answer
from wtforms import Field
from wtforms.validators import ValidationError

from emails import personal
from emails.writing import shell
from emails.writing.keeping import kept
from emails.writing.markdown import as_html
from emails.writing.snippets import NAME, named
from models.brand import Brand
from models.db import transaction
from models.snippet import Snippet
from web.audit import audit
from web.fields import LineField, ParagraphsField
from web.listing import Listing, by_name, called, words
from web.proofs import framed
from web.sure import sure
from web.visitor import editors_only, here, ours

page = Blueprint("snippets", __name__, url_prefix="/snippets")

LONGEST = 20_000  # characters


class SnippetForm(FlaskForm):
    name = LineField("Name", longest=40, description="Small letters, digits and underscores, such as opening_hours.")
    body = ParagraphsField("Text", description="In Markdown, HTML or MJML, as the letters that say it.")
    is_taken = False

    def validate_name(self, field: Field) -> None:
        if not NAME.fullmatch(field.data):
            raise ValidationError("Please begin with a small letter; then letters, digits and underscores.")
        if self.is_taken:
            raise ValidationError("There is a snippet of that name already.")

    def validate_body(self, field: Field) -> None:
        if not field.data.strip():
            raise ValidationError("Please write something.")
        if len(field.data) > LONGEST:
            raise ValidationError(f"Please use at most {LONGEST:,} characters.")
        if named(field.data):
            raise ValidationError("A snippet cannot have another in it.")
        if found := personal.problems(field.data):
            raise ValidationError(" ".join(found))


@page.get("")
@editors_only
def index() -> str:
    every = called(select(Snippet).filter_by(workspace_id=here()), Snippet.name, Snippet.body)
    with transaction() as tx:
        found: Listing[Snippet] = Listing.of(tx, every, by_name(Snippet))
    return render_template("snippets/index.html", found=found, words=words())


@page.get("/new")
@editors_only
def new() -> str:
    return render_template("snippets/edit.html", snippet=None, form=SnippetForm())


@page.post("")
@editors_only
def create() -> Answer | tuple[str, int]:
    return _saved(None)


@page.get("/<id:snippet_id>")
@editors_only
def edit(snippet_id: int) -> str:
    with transaction() as tx:
        snippet = ours(tx, Snippet, snippet_id)
    return render_template("snippets/edit.html", snippet=snippet, form=SnippetForm(obj=snippet))


@page.post("/<id:snippet_id>")
@editors_only
def update(snippet_id: int) -> Answer | tuple[str, int]:
    return _saved(snippet_id)


@page.post("/<id:snippet_id>/removal")
@editors_only
@sure("Remove this snippet?", "Editions that have gone out keep what it said.")
def destroy(snippet_id: int) -> Answer:
    """What has been published stays as it is; a draft that says it cannot be sent until it does not."""
    with transaction() as tx:
        snippet = ours(tx, Snippet, snippet_id)
        audit(tx, "removed", snippet)
        tx.delete(snippet)
    flash(f"{snippet.name} is gone.")
    return redirect(url_for("snippets.index"))


@page.post("/preview")
@editors_only
def preview() -> Response:
    """The text in the form, as a letter in Markdown would show it, whatever it is called; changes nothing."""
    form = SnippetForm()
    form.validate()
    content = str(escape(" ".join(form.body.errors))) or kept(form.body.data, as_html)
    return framed(shell.dressed(content, Brand(), title="", preheader="", closes=False))


def _saved(snippet_id: int | None) -> Answer | tuple[str, int]:
    form = SnippetForm()
    with transaction() as tx:
        snippet = ours(tx, Snippet, snippet_id) if snippet_id else Snippet(workspace_id=here())
        form.is_taken = _is_taken(tx, form, snippet)
        is_valid = form.validate()
        if is_valid:
            snippet.name, snippet.body = form.name.data, form.body.data
            tx.add(snippet)
            tx.flush()
            audit(tx, "changed" if snippet_id else "made", snippet)
    if not is_valid:
        return render_template("snippets/edit.html", snippet=snippet if snippet_id else None, form=form), 422
    flash("Saved: drafts say it like this from their next save on.")
    return redirect(url_for("snippets.index"))


def _is_taken(tx: Session, form: SnippetForm, snippet: Snippet) -> bool:
    others = select(Snippet.id).filter_by(workspace_id=here(), name=form.name.data)
    return tx.scalar(others.where(Snippet.id != (snippet.id or 0))) is not None
