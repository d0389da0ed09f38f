"""How mail programs write a reply: the quotation in text and in HTML, and the headers that give them away."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from html import escape


@dataclass(slots=True)
class Original:
    """The message being answered, as the recipient's mail program shows it."""

    sender: str  # Ada <ada@example.com>
    to: str
    subject: str
    at: datetime
    text: str
    html: str


@dataclass(slots=True)
class Answer:
    text: str
    html: str


Shape = Callable[[Answer, Original], Answer]


def gmail(answer: Answer, original: Original) -> Answer:
    when = f"{original.at:%a, %b} {original.at.day}, {original.at:%Y} at {_clock(original.at)}"
    text = f"{answer.text}\n\n{_folded(f'On {when} {original.sender} wrote:')}\n\n{_quoted(original.text)}\n"
    html = (
        f'<div dir="ltr">{answer.html}</div><br><div class="gmail_quote gmail_quote_container">'
        f'<div dir="ltr" class="gmail_attr">On {when} {escape(original.sender)} wrote:<br></div>'
        '<blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid '
        f'rgb(204,204,204);padding-left:1ex">{original.html}</blockquote></div>\n'
    )
    return Answer(text, html)


def outlook(answer: Answer, original: Original) -> Answer:
    when = f"{original.at:%A, %B} {original.at.day}, {original.at:%Y} {_clock(original.at)}"
    head = [("From", original.sender), ("Sent", when), ("To", original.to), ("Subject", original.subject)]
    lines = "\n".join(f"{name}: {value}" for name, value in head)
    bold = "<br>".join(f"<b>{name}:</b> {escape(value)}" for name, value in head)
    html = (
        f'<html><head></head><body><div class="elementToProof">{answer.html}</div><div id="appendonsend"></div>'
        '<hr style="display:inline-block;width:98%" tabindex="-1"><div id="divRplyFwdMsg" dir="ltr">'
        f'<font face="Calibri, sans-serif" style="font-size:11pt">{bold}</font><div>&nbsp;</div></div>'
        f"{original.html}</body></html>"
    )
    return Answer(f"{answer.text}\n\n{'_' * 32}\n{lines}\n\n{original.text}\n", html)


def apple(answer: Answer, original: Original) -> Answer:
    head = f"On {original.at.day} {original.at:%b %Y}, at {original.at:%H:%M}, {original.sender} wrote:"
    html = (
        f'<html><body style="overflow-wrap: break-word;">{answer.html}<br><div><br><blockquote type="cite">'
        f'<div>{escape(head)}</div><br class="Apple-interchange-newline"><div>{original.html}</div>'
        "</blockquote></div><br></body></html>"
    )
    return Answer(f"{answer.text}\n\n> {head}\n> \n{_quoted(original.text)}\n", html)


def iphone(answer: Answer, original: Original) -> Answer:
    head = (
        f"On {original.at:%b} {original.at.day}, {original.at:%Y}, at {_clock(original.at)}, {original.sender} wrote:"
    )
    html = (
        f'<html><body dir="auto">{answer.html}<br id="lineBreakAtBeginningOfSignature"><div dir="ltr">Sent from my '
        f'iPhone</div><div dir="ltr"><br><blockquote type="cite">{escape(head)}<br><br></blockquote></div>'
        f'<blockquote type="cite"><div dir="ltr">{original.html}</div></blockquote></body></html>'
    )
    return Answer(f"{answer.text}\n\nSent from my iPhone\n\n> {head}\n> \n{_quoted(original.text)}\n", html)


def android(answer: Answer, original: Original) -> Answer:
    when = f"{original.at:%a, %b} {original.at.day}, {original.at:%Y}, {_clock(original.at)}"
    text = f"{answer.text}\n\n{_folded(f'On {when} {original.sender} wrote:')}\n\n{_quoted(original.text)}\n"
    html = (
        f'<div dir="auto">{answer.html}</div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On {when} '
        f'{escape(original.sender)} wrote:<br></div><blockquote class="gmail_quote" style="margin:0 0 0 .8ex;'
        f'border-left:1px #ccc solid;padding-left:1ex">{original.html}</blockquote></div>\n'
    )
    return Answer(text, html)


def plain(answer: Answer, original: Original) -> Answer:
    """Text only, as mutt or a ticket system writes: the quotation has no `On … wrote:` line of two lines."""
    head = f"On {original.at:%Y-%m-%d %H:%M}, {original.sender} wrote:"
    return Answer(f"{answer.text}\n\n{head}\n{_quoted(original.text)}\n", "")


def none(answer: Answer, original: Original) -> Answer:
    """Nothing quoted."""
    return Answer(answer.text, answer.html)


@dataclass(frozen=True, slots=True)
class MailProgram:
    label: str
    shape: Shape
    mailer: str = ""  # the X-Mailer header
    id_domain: str = ""  # what stands right of the @ in its Message-IDs; empty: the sender's domain


PROGRAMS = {
    "gmail": MailProgram("Gmail", gmail, id_domain="mail.gmail.com"),
    "outlook": MailProgram("Outlook", outlook, id_domain="AM0PR01MB1234.eurprd01.prod.exchangelabs.com"),
    "apple": MailProgram("Apple Mail", apple, "Apple Mail (2.3826.700.81)"),
    "iphone": MailProgram("iPhone", iphone, "iPhone Mail (22G86)"),
    "android": MailProgram("Gmail on Android", android, id_domain="mail.gmail.com"),
    "plain": MailProgram("Plain text", plain, "Mutt/2.2.13"),
    "none": MailProgram("Nothing quoted", none),
}


def _clock(at: datetime) -> str:
    return f"{at.hour % 12 or 12}:{at:%M} {at:%p}"


def _quoted(text: str) -> str:
    return "\n".join(f"> {line}" if line else ">" for line in text.rstrip().replace("\r\n", "\n").split("\n"))


def _folded(line: str) -> str:
    """Gmail breaks its `On … wrote:` line at 78 characters, before the address."""
    if len(line) <= 78 or "<" not in line:
        return line
    head, _, tail = line.rpartition(" <")
    return f"{head}\n<{tail}"
