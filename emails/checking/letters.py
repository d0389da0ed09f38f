"""All that can be seen in a letter by reading it. Its links are named here and followed by `visiting`."""

from collections.abc import Iterator

from emails import personal
from emails.checking import contrasts, elements, leftovers
from emails.inlining import inlined
from emails.replies.markup import parse
from emails.writing.draft import Parts
from emails.writing.plain import as_text
from models.brand import Brand
from models.finding import Found, Severity
from models.inspection import digest

GMAIL_CUTS_AT = 102_000  # bytes of HTML, and with the rest goes the way to unsubscribe
LONGEST_PLACE = 200  # characters; a link is told whole
LONGEST_SUBJECT = 150  # characters
MOST = 300  # findings: whoever has more mends these first


def mark(parts: Parts, brand: Brand) -> str:
    """Another one for whatever may be found otherwise."""
    return digest(*parts, brand.address)


def found(parts: Parts, brand: Brand) -> list[Found]:
    """What is wrong, the serious first; then the links that are to be followed."""
    try:
        html = inlined(parts.html)
    except Exception as problem:  # whatever a stylesheet says, asking what is wrong never fails
        return [Found("letter", Severity.SERIOUS, "HTML", f"It cannot be put together: {problem}")]
    root = parse(html)
    told = [*_subject(parts.subject), *_ways_out(parts), *_size(html), *_address(parts, brand)]
    told += [*leftovers.found(f"{parts.subject}\n{as_text(parts.html)}\n{parts.text}"), *elements.found(root)]
    told += contrasts.found(root)
    told.sort(key=lambda each: each.severity != Severity.SERIOUS)
    return [_bounded(each) for each in told[:MOST]] + elements.links(root)


def _subject(subject: str) -> Iterator[Found]:
    letters = [letter for letter in subject if letter.isalpha()]
    if not subject.strip():
        yield Found("subject", Severity.SERIOUS, "Subject", "It is blank: nobody opens that.")
    if len(subject) > LONGEST_SUBJECT:
        yield Found("subject", Severity.LOOK, subject, "No inbox shows a subject of this length whole.")
    if len(letters) > 10 and all(letter.isupper() for letter in letters):
        yield Found("capitals", Severity.LOOK, subject, "Filters take a subject in capitals for spam.")
    if subject.lower().lstrip().startswith(("re:", "fwd:", "fw:")):
        yield Found("reply", Severity.LOOK, subject, "It looks like an answer and is none: filters and readers mind.")


def _ways_out(parts: Parts) -> Iterator[Found]:
    for name, part in (("HTML", parts.html), ("Text", parts.text)):
        if "unsubscribe_link" not in personal.names(part):
            advice = "There is no {{ unsubscribe_link }}: everybody must be able to leave."
            yield Found("leaving", Severity.SERIOUS, name, advice)


def _size(html: str) -> Iterator[Found]:
    size = len(html.encode())
    if size > GMAIL_CUTS_AT:
        advice = f"It has {size // 1000} KB. Gmail cuts mails off at 102 KB: the end, with the way out, will be hidden."
        yield Found("size", Severity.LOOK, "HTML", advice)


def _address(parts: Parts, brand: Brand) -> Iterator[Found]:
    """The law of many countries asks for one (in the United States CAN-SPAM, 15 U.S.C. 7704(a)(5))."""
    first = next(iter(brand.address.split("\n")), "").strip()
    if not first:
        advice = "There is no postal address: many countries ask for one. The newsletter's looks have a field for it."
        yield Found("address", Severity.LOOK, "End of the letter", advice)
    elif first not in as_text(parts.html):
        advice = f"The postal address ({first} …) is not in the letter."
        yield Found("address", Severity.LOOK, "End of the letter", advice)


def _bounded(each: Found) -> Found:
    return each._replace(place=each.place[:LONGEST_PLACE])
