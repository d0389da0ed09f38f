"""The newsletter's letter for senders other than ours: inlined beforehand, its values still to be filled in."""

from typing import Any

from bench.readership import HTML, TEXT, address
from emails.inlining import inlined

WORDS = {"{{ name }}": "OPAQUENAME", "{{ email }}": "OPAQUEEMAIL", "{{ unsubscribe_link }}": "OPAQUELINK"}


def template() -> dict[str, str]:
    """{"html": …, "text": …} with `{{ name }}`, `{{ email }}` and `{{ unsubscribe_link }}` in them."""
    html = HTML
    for field, word in WORDS.items():
        html = html.replace(field, word)
    html = inlined(html)
    for field, word in WORDS.items():
        html = html.replace(word, field)
    return {"html": html, "text": TEXT}


def message(template: dict[str, str], number: int) -> dict[str, Any]:
    """What Postmark is told of the letter to reader `number`."""
    values = {"{{ name }}": f"Reader {number}", "{{ email }}": address(number), "{{ unsubscribe_link }}": _link(number)}
    html, text = template["html"], template["text"]
    for field, value in values.items():
        html, text = html.replace(field, value), text.replace(field, value)
    return {
        "From": "Notes <notes@example.com>",
        "To": address(number),
        "Subject": "Note G",
        "HtmlBody": html,
        "TextBody": text,
        "MessageStream": "broadcast",
        "Metadata": {"delivery": str(number)},
    }


def _link(number: int) -> str:
    return f"https://example.com/unsubscribe/{number}"
