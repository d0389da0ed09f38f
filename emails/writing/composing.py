"""A draft becomes a letter: its subject, its HTML, its text.

A fragment, Markdown or HTML, is dressed in the newsletter's clothes, which say how to leave when the author does not.
A whole document, HTML or MJML, is the author's own from head to foot and must say it itself.
"""

import re
from collections.abc import Callable, Mapping

from emails import personal
from emails.writing import markdown, mjml, pictures, shell
from emails.writing.draft import LONGEST, Draft, Format, Parts, Unwritable
from emails.writing.keeping import kept
from emails.writing.plain import as_text
from emails.writing.snippets import expanded
from models.brand import Brand

LARGEST = 1_000_000  # characters of HTML; MJML may grow to sixteen times what was written
LEAVING = "unsubscribe_link"
MOST = {"[": 4_000, "://": 2_000}  # in Markdown: where none ends, the time grows with their square

_WHOLE = re.compile(r"\s*(?:<!--.{0,2000}?-->\s*)?<(?:!doctype|html|head|body)\b", re.IGNORECASE | re.DOTALL)
_BODY = re.compile(r"<body\b[^>]{0,4000}>", re.IGNORECASE)


def composed(draft: Draft, brand: Brand, *, title: str, snippets: Mapping[str, str] | None = None) -> Parts:
    """The letter of a draft. Raises `Unwritable`.

    title: the publication's name; snippets: `{name: text}` of those that it may say.
    """
    draft = expanded(draft, snippets or {})
    check(draft)
    html = _html(draft, brand, title)
    if len(html) > LARGEST:
        raise Unwritable("body", f"It becomes more than {LARGEST:,} characters of HTML.")
    return Parts(draft.subject, html, _text(draft, brand, html))


def check(draft: Draft) -> None:
    """Raises `Unwritable` for what is too long, blank, or more than words and fields."""
    if not draft.subject.strip():
        raise Unwritable("subject", "Please fill this in.")
    if not draft.body.strip():
        raise Unwritable("body", "Please write something.")
    for part in ("subject", "preheader", "body", "plain"):
        words = getattr(draft, part)
        if len(words) > LONGEST:
            raise Unwritable(part, f"Please use at most {LONGEST:,} characters.")
        if found := personal.problems(words):
            raise Unwritable(part, "\n".join(found))
    many = [sign for sign, most in MOST.items() if draft.body.count(sign) > most]
    if draft.format == Format.MARKDOWN and many:
        raise Unwritable("body", f"Please use {many[0]} at most {MOST[many[0]]:,} times.")
    if draft.plain.strip() and LEAVING not in personal.names(draft.plain):
        raise Unwritable("plain", "Please put {{ unsubscribe_link }} somewhere: everybody must be able to leave.")


def is_whole(draft: Draft) -> bool:
    """Whether its author wrote the document from head to foot."""
    return draft.format == Format.MJML or (draft.format == Format.HTML and bool(_WHOLE.match(draft.body)))


def _html(draft: Draft, brand: Brand, title: str) -> str:
    says_how = LEAVING in personal.names(draft.body)
    if not is_whole(draft):
        content = pictures.sized(_fragment(draft))
        return shell.dressed(content, brand, title=title, preheader=draft.preheader, closes=not says_how)
    if not says_how:
        raise Unwritable("body", "Please put {{ unsubscribe_link }} somewhere: everybody must be able to leave.")
    return _with_preheader(_turned(draft.body, mjml.as_html) if draft.format == Format.MJML else draft.body, draft)


def _fragment(draft: Draft) -> str:
    return _turned(draft.body, markdown.as_html) if draft.format == Format.MARKDOWN else draft.body


def _turned(body: str, turn: Callable[[str], str]) -> str:
    try:
        return kept(body, turn)
    except ValueError as problem:
        raise Unwritable("body", str(problem)) from None


def _with_preheader(html: str, draft: Draft) -> str:
    """What an inbox shows after the subject: the first words of the body, which nobody sees in it."""
    opening = _BODY.search(html)
    if not draft.preheader or not opening:
        return html
    words = f'<div style="display:none;max-height:0;overflow:hidden">{shell.as_markup(draft.preheader)}</div>'
    return html[: opening.end()] + words + html[opening.end() :]


def _text(draft: Draft, brand: Brand, html: str) -> str:
    if draft.plain.strip():
        return draft.plain
    if is_whole(draft):
        return kept(html, as_text)
    end = [kept(brand.footer, markdown.as_html), "<br>".join(brand.address.splitlines())]
    if LEAVING not in personal.names(draft.body):
        end.append(f'<a href="{shell.UNSUBSCRIBE}">Unsubscribe</a>')
        end.append(f'<a href="{shell.PREFERENCES}">Choose what you get</a>')
    parts = "".join(f"<p>{part}</p>" for part in end if part)
    return kept(f"{_fragment(draft)}<p>--</p>{parts}", as_text)
