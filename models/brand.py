"""How the mails of a newsletter look, and what stands at their end."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any, NamedTuple


class Font(StrEnum):
    """Families that mail programs have; web fonts are missing from most of them."""

    SANS = "sans"
    SERIF = "serif"
    MONO = "mono"


class Brand(NamedTuple):
    """As a publication keeps it, in JSON. `address` is the postal address that the law of many countries asks for."""

    accent: str = "#1f5fbf"  # links and buttons
    ground: str = "#f4f2ee"  # around the letter
    font: str = Font.SANS
    logo: str = ""  # https address of an image
    footer: str = ""  # Markdown, above the address
    address: str = ""

    @classmethod
    def of(cls, kept: Mapping[str, Any] | None) -> "Brand":
        """Whatever is not kept is as everybody's."""
        return cls(**{name: value for name, value in (kept or {}).items() if name in cls._fields})

    def kept(self) -> dict[str, str]:
        """Only what differs, so that what everybody's is can still be changed."""
        usual = Brand()
        return {name: value for name, value in self._asdict().items() if value != getattr(usual, name)}
