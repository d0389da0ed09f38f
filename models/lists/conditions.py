"""What is asked of the contacts of a list, in few words: each that is said must hold."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from config import settings


class Conditions(NamedTuple):
    words: str = ""  # in the name or the address
    domain: str = ""
    attribute: str = ""  # which has this value
    value: str = ""
    tag: str = ""
    publication: int | None = None
    subscribed: str = "yes"  # or no, to the publication
    suppressed: str = ""  # yes, no, or either

    def told(self) -> dict[str, Any]:
        """As it is stored: what says nothing is left out."""
        told = {name: value for name, value in self._asdict().items() if value}
        return {name: value for name, value in told.items() if name != "subscribed" or self.publication}

    def described(self, publications: Mapping[int, str]) -> str:
        """In words, with the names of publications by their ids."""
        paper = publications.get(self.publication or 0, "a newsletter that is gone")
        said = {
            f"“{self.words}” is in the name or the address": self.words,
            f"the address is at {self.domain}": self.domain,
            f"{self.attribute} is “{self.value}”": self.attribute,
            f"they are tagged “{self.tag}”": self.tag,
            f"they {'' if self.subscribed == 'yes' else 'do not '}subscribe to {paper}": self.publication,
            f"they are {'' if self.suppressed == 'yes' else 'not '}suppressed": self.suppressed,
        }
        return " and ".join(words for words, is_said in said.items() if is_said)

    def sql(self, contact: str) -> tuple[str, dict[str, Any]]:
        """A condition about the contact whose table or alias is given, and its parameters; nothing for everybody."""
        asked = {
            "words": (bool(self.words), _WORDS),
            "domain": (bool(self.domain), _DOMAIN),
            "attribute": (bool(self.attribute), _ATTRIBUTE),
            "tag": (bool(self.tag), _TAG),
            "publication": (bool(self.publication), _SUBSCRIBED if self.subscribed == "yes" else f"not {_SUBSCRIBED}"),
            "stream": (bool(self.suppressed), _SUPPRESSED if self.suppressed == "yes" else f"not {_SUPPRESSED}"),
        }
        used = {name: sql for name, (said, sql) in asked.items() if said}
        named = {*used, "value"} if self.attribute else set(used)
        values = {name: value for name, value in self._values().items() if name in named}
        return " and ".join(used.values()).format(c=contact), values

    def _values(self) -> dict[str, Any]:
        return {
            "words": f"%{_plain(self.words)}%",
            "domain": f"%@{_plain(self.domain.lstrip('@').lower())}",
            "attribute": self.attribute,
            "value": self.value,
            "tag": [self.tag],
            "publication": self.publication,
            "stream": settings.broadcast_stream,
        }


def _plain(text: str) -> str:
    """Without the signs that LIKE takes for others."""
    return text.replace("\\", "\\\\").replace("%", "\\%").replace("_", "\\_")


_WORDS = "({c}.email || ' ' || {c}.name) ilike :words"
_DOMAIN = "{c}.email like :domain"
_ATTRIBUTE = "{c}.attributes ->> :attribute = :value"
_TAG = "{c}.tags @> cast(:tag as text[])"
_SUBSCRIBED = """exists (
    select from subscriptions s
    where s.publication_id = :publication and s.contact_id = {c}.id and s.workspace_id = {c}.workspace_id
      and s.state = 'active'
)"""
_SUPPRESSED = """exists (
    select from suppressions x
    where x.workspace_id = {c}.workspace_id and x.email = {c}.email and x.stream = :stream and x.lifted_at is null
)"""
