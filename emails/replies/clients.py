"""How each mail program marks quotes and signatures in HTML. Knows elements, never text.

Names with a random prefix (Yahoo's `ydp1a2b…`, Outlook's `x_` for what it quotes) are met by their ends.
"""

from __future__ import annotations

import re
from functools import lru_cache

from emails.replies.lines import AUTHOR, FORWARDED, QUOTE, QUOTE_HEADER, SIGNATURE, TAGLINE
from emails.replies.listings import listed
from emails.replies.markup import Node

# Elements that are a quote or hold one. An answer written below the blockquote inside such a container is kept.
_QUOTES = frozenset(
    listed("""
    gmail_quote | gmail_quote_container | nylas-quote | yahoo_quoted | protonmail_quote | tutanota_quote
    missive_quote | front-blockquote | zmail_extra | bloop_original_html | hs_reply | edo-original | edo-message
    canaryblockquote | qt | original-content | isreplycontent | _originalcontent | aqm-original
    olk_src_body_section | alto_quote | replyblock | mail-editor-reference-message-container
    response_container_bbppid | history_container | cm_replymail_content_wrap | cm_quote | -x-evo-quoted
    v1originalmessage
""")
)
_HEADERS = frozenset(
    listed("""
    gmail_attr | moz-cite-prefix | reply-intro | moz-email-headers-table | edo-meta | quoted_header
    tutanota_indicator | -x-evo-attribution | hs_reply_above
""")
)
_SIGNATURES = frozenset(
    listed("""
    gmail_signature | gmail_signature_prefix | moz-signature | applemailsignature | protonmail_signature_block
    _rc_sig | yahoo-signature | front-signature | sh-signature | nylas-signature | bloop_sign | missive_signature
    edo-signature | canarysig | aqm-signature | k9mail-signature | zm-_id_-sgn | spneditorsign | -x-evo-signature
    htmlsig
""")
)
_TAGLINES = frozenset(
    listed("""
    ms-outlook-mobile-signature | ymail_android_signature | composer_signature | divneteasemailcard | cm_signature
    dab4fad8-2dd7-40bb-a1b8-4e2aa1f9fdf2
""")
)
_UNSEEN = frozenset(("head", "input", "button"))
# From this element to the end of the mail it is all quote.
_DIVIDERS = frozenset(listed("divrplyfwdmsg | appendonsend | zwchr | stopspelling | mail-editor-reference-message"))

_GENERIC_QUOTE = re.compile(r"(?!block|pull|wp|end|single|double|no|un)[a-z0-9]{2,20}[_-](?:quote|quoted|cite-prefix)")
_GENERIC_SIGNATURE = re.compile(
    r"(?!no|has|with|un|without|edit|add)(?:[a-z0-9]{1,20}[_-]{1,2}){0,3}(?:signature|sig|sgn)(?:[_-][a-z0-9]{1,20}){0,3}"
)
_JOINED_SIGNATURE = re.compile(r"(?!no|has|with|un|edit|add)[a-z0-9]{1,20}signature")
_RANDOM = re.compile(r"^(?:ydp[0-9a-f]+|x_)+")
_OUTLOOK_RULE = re.compile(
    r"border-top:\s*(?:solid\s+#?\w{3,10}\s+1(?:\.0)?p[tx]|1(?:\.0)?p[tx]\s+solid)", re.IGNORECASE
)
_OUTLOOK_PADDING = re.compile(r"padding:\s*3(?:\.0)?pt 0", re.IGNORECASE)
_HIDDEN = re.compile(
    r"(?:display\s*:\s*none|visibility\s*:\s*hidden|mso-hide\s*:\s*all|font-size\s*:\s*0(?:px|pt|em)?\s*(?:;|!|$)"
    r"|max-height\s*:\s*0(?:px)?\s*(?:;|!|$))",
    re.IGNORECASE,
)


def kind_of(node: Node) -> str:
    """QUOTE, QUOTE_HEADER, SIGNATURE, TAGLINE or FORWARDED for an element a program marked so, else AUTHOR."""
    if not node.attributes:
        return SIGNATURE if node.tag == "signature" else AUTHOR
    names = _names(node)
    if node.tag == "blockquote" and (node.get("type").lower() == "cite" or node.get("cite") or names & _QUOTES):
        return QUOTE
    if "moz-forward-container" in names:
        return FORWARDED
    for kind, known in ((QUOTE_HEADER, _HEADERS), (QUOTE, _QUOTES), (SIGNATURE, _SIGNATURES), (TAGLINE, _TAGLINES)):
        if names & known:
            return kind
    return _kind_by_attribute(node) or _kind_by_custom(names)


def divides(node: Node) -> bool:
    """Does everything from this element on belong to the older mail, as Outlook and Zimbra lay it out?"""
    if not node.attributes:
        return False
    if _names(node) & _DIVIDERS or node.get("data-marker") in {"__DIVIDER__", "__HEADERS__"}:
        return True
    style = node.get("style")
    return node.tag == "div" and bool(_OUTLOOK_RULE.search(style[:400]) and _OUTLOOK_PADDING.search(style[:400]))


def is_container(node: Node) -> bool:
    """A quote that is no blockquote itself but holds one near its top: what stands below that may be an answer."""
    return node.tag != "blockquote" and any(map(holds_blockquote, node.children))


def holds_blockquote(node: Node) -> bool:
    if node.tag == "div":
        return any(child.tag == "blockquote" for child in node.children[:20])
    return node.tag == "blockquote"


def is_hidden(node: Node) -> bool:
    if not node.attributes:
        return node.tag in _UNSEEN
    style = node.get("style")
    if style and _HIDDEN.search(style[:2000]):
        return True
    return "hidden" in node.attributes or node.tag in _UNSEEN or bool(_names(node) & {"preheader"})


def _names(node: Node) -> frozenset[str]:
    return _named(node.get("class")[:500], node.get("id")[:500]) if node.attributes else frozenset()


@lru_cache(1000)
def _named(classes: str, identity: str) -> frozenset[str]:
    return frozenset(_RANDOM.sub("", name) for name in f"{classes} {identity}".lower().split())


def _kind_by_attribute(node: Node) -> str:
    marker, name = node.get("data-marker"), node.get("name")
    if marker == "__QUOTED_TEXT__" or name in {"messageReplySection", "quote", "quoted-content"}:
        return QUOTE
    if node.get("fairemail") in {"reference", "quote"}:
        return QUOTE
    signed = node.tag == "signature" or name == "messageSignatureSection" or marker.startswith("__SIG_")
    signed = signed or node.get("fairemail") == "signature" or "data-signature-widget" in node.attributes
    return SIGNATURE if signed or node.get("data-smartmail") == "gmail_signature" else AUTHOR


@lru_cache(1000)
def _kind_by_custom(names: frozenset[str]) -> str:
    if any(_GENERIC_QUOTE.fullmatch(name) or name.startswith("yahoo_quoted") for name in names):
        return QUOTE
    signed = any(_GENERIC_SIGNATURE.fullmatch(name) or _JOINED_SIGNATURE.fullmatch(name) for name in names)
    return SIGNATURE if signed else AUTHOR
