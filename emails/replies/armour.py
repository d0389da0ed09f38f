"""The armour of a signed mail (RFC 4880, section 7): its first lines and the block of letters that ends it."""

from __future__ import annotations

from emails.replies.lines import MARKER, SIGNATURE, Line

_SIGNED = "-----BEGIN PGP SIGNED MESSAGE-----"
_BEGIN = "-----BEGIN PGP SIGNATURE-----"
_END = "-----END PGP SIGNATURE-----"


def mark_armour(lines: list[Line]) -> None:
    """Nothing of the armour is an answer; what stands between is read like any mail."""
    kind = ""
    for line in lines:
        text = line.text.strip()
        if text == _SIGNED:
            kind = MARKER
        elif text == _BEGIN:
            kind = SIGNATURE
        elif kind == MARKER and line.blank:
            kind = ""
        if kind:
            line.kind = line.kind or kind
        if text == _END:
            kind = ""
