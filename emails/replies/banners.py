"""`[EXTERNAL]` and its like, which a mail server writes above what passes through it."""

from __future__ import annotations

import re

from emails.replies.legalese import ALARMS
from emails.replies.lines import DISCLAIMER, Line
from emails.replies.listings import listed

FEW = 4  # lines from the top that are looked at
LONGEST = 400  # characters

_STAMP = re.compile(
    r"[\s*_]{0,4}[\[(*<]{1,3}\s?(?:caution|warning|achtung)?[\s:!-]{0,3}(?:external|extern|externe|externo|externa"
    r"|esterno|esterna|ekstern|ext|outside)(?:[\s-](?:e-?mail|mail|sender|message|source|absender|nachricht|expéditeur"
    r"|remitente|mittente|afzender|avsändare))?[\s:!]{0,3}[\])*>]{1,3}[\s*_]{0,4}",
    re.IGNORECASE,
)
_OUTSIDE = listed("""
    originated from outside | originated outside | came from outside | from outside of the organi
    from an external | von außerhalb | externen absender | externer absender | de l'extérieur | expéditeur externe
    fuera de la organización | remitente externo | fora da organização | remetente externo | mittente esterno
    dall'esterno | externe afzender | van buiten de organisatie | extern avsändare | ekstern afsender
""")
_STRANGERS = listed("""
    external email | external e-mail | external sender | external message | external mail | this is an external
    externe e-mail | externe nachricht | externer absender | email externe | correo externo | e-mail externo
""")
_CARE = listed(
    "click | link | attachment | caution | careful | anhäng | vorsicht | pièce | liens | adjunto | enlace | anexo"
)


def mark_banners(lines: list[Line]) -> None:
    """Marks what stands above the author's first word, line by line."""
    first = [line for line in lines[: FEW * 4] if not line.blank][:FEW]
    for line in first:
        if not line.theirs or not _is_banner(line.text):
            return
        line.kind = DISCLAIMER


def _is_banner(text: str) -> bool:
    if len(text) > LONGEST:
        return False
    if _STAMP.fullmatch(text):
        return True
    low = text.casefold().lstrip(" *_[(⚠️!")
    if low.startswith(_STRANGERS) and any(word in low for word in _CARE):
        return True
    return low.startswith((*ALARMS, "this email", "this message", "you don't often")) and any(
        said in low for said in (*_OUTSIDE, "often get email from")
    )
