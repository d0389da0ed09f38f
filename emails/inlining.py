"""CSS inlining, the one place that knows premailer.

Two defaults of premailer 3.10 are unsafe for letters that people write and one spoils every letter, so they are
turned off here: it fetches linked stylesheets without a time-out; cssutils below it reads `@import` addresses,
`file:` among them, even when told to stay off the network; and it strips `!important` from media queries, without
which a phone's or a dark theme's rules never win over inlined ones.
"""

import logging

import cssutils.util
from premailer import Premailer

DOCTYPE = "<!doctype html>"  # lxml drops the short form, and without it mail programs fall back to quirks mode


def _fetch_nothing(url: str) -> tuple[None, bytes]:
    return None, b""


cssutils.util._defaultFetcher = _fetch_nothing


def inlined(html: str) -> str:
    """The letter with its stylesheet written into the elements; what cannot be inlined (media queries) stays."""
    premailer = Premailer(
        html,
        allow_network=False,
        strip_important=False,
        disable_validation=True,
        cssutils_logging_level=logging.CRITICAL,
        remove_classes=False,
        keep_style_tags=False,
    )
    return f"{DOCTYPE}\n{premailer.transform(pretty_print=False)}"
