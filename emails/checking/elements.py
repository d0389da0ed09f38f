"""What is wrong with a letter's links and images, and which links are to be followed."""

from collections.abc import Iterator
from urllib.parse import urldefrag, urlsplit

from emails.replies.markup import Node
from models.finding import Found, Severity

MOST_LINKS = 200
LONGEST = 2_000  # characters of a link
_SCHEMES = ("http", "https")
_OTHERS = ("mailto", "tel", "sms")
_WORDS = 60  # characters of a link's own words


def found(root: Node) -> Iterator[Found]:
    """In the order of the letter."""
    for node in every(root):
        if node.tag == "a" and "href" in node.attributes:
            yield from _link(node)
        elif node.tag == "img":
            yield from _image(node)


def links(root: Node) -> list[Found]:
    """Addresses that are to be followed, each once; a reader's own are not known yet."""
    named = (
        node.get("href") if node.tag == "a" else node.get("src") for node in every(root) if node.tag in ("a", "img")
    )
    wanted = dict.fromkeys(urldefrag(each.strip())[0] for each in named if _is_followed(each.strip()))
    return [Found("link", Severity.PENDING, each) for each in list(wanted)[:MOST_LINKS]]


def every(root: Node) -> Iterator[Node]:
    """All nodes, in the order of the letter."""
    waiting = [root]
    while waiting:
        node = waiting.pop()
        yield node
        waiting.extend(reversed(node.children))


def words(node: Node) -> str:
    """What stands in it, or what its image is said to show."""
    said = " ".join(" ".join(each.text or each.get("alt") for each in every(node)).split())
    return said[:_WORDS] or "(no words)"


def _link(node: Node) -> Iterator[Found]:
    address, place = node.get("href").strip(), words(node)
    scheme = _scheme(address)
    if not address or address == "#":
        yield Found("empty link", Severity.SERIOUS, place, "This link leads nowhere: it has no address.")
    elif is_field(address) or address.startswith("#") or scheme in _OTHERS:
        return
    elif scheme not in _SCHEMES:
        advice = f"{address[:100]} is no address of the Web: in a mail it must begin with https://."
        yield Found("odd link", Severity.SERIOUS, place, advice)
    elif len(address) > LONGEST:
        yield Found("long link", Severity.LOOK, place, f"This link has {len(address):,} characters.")


def _image(node: Node) -> Iterator[Found]:
    source = node.get("src").strip()
    place = source[:100] or "an image"
    if "alt" not in node.attributes:
        advice = 'It has no alt text: whoever sees no images, or cannot see, is told nothing. alt="" if it only adorns.'
        yield Found("alt text", Severity.LOOK, place, advice)
    if not source:
        yield Found("empty image", Severity.SERIOUS, place, "This image has no address.")
    elif _scheme(source) not in _SCHEMES and not is_field(source):
        yield Found("odd image", Severity.LOOK, place, "Many mail programs show only images from https:// addresses.")


def _is_followed(address: str) -> bool:
    return _scheme(address) in _SCHEMES and not is_field(address) and len(address) <= LONGEST


def is_field(address: str) -> bool:
    """Whether a reader's own value is in it."""
    return "{{" in address or "%7B%7B" in address.upper()


def _scheme(address: str) -> str:
    try:
        return urlsplit(address).scheme.lower()
    except ValueError:
        return ""
