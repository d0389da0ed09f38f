"""Word lists written as text: `one | two words | three`."""

import re
import unicodedata
from itertools import product

_PICTURES = frozenset(("So", "Sk"))


def listed(text: str) -> tuple[str, ...]:
    return tuple(word for line in text.splitlines() for part in line.split("|") if (word := part.strip()))


def folded(text: str) -> str:
    """Text as the lists are written: without case, the Turkish İ included, and with straight apostrophes."""
    return text.casefold().replace("i\u0307", "i").replace("’", "'")


def unadorned(text: str) -> str:
    """Text without emoji and other pictures."""
    if text.isascii():
        return text
    return "".join(sign for sign in text if unicodedata.category(sign) not in _PICTURES and sign not in "\u200d\ufe0f")


def unaccented(text: str) -> str:
    """Text as keyboards without accents write it: `üdvözlettel` → `udvozlettel`."""
    plain = "".join(sign for sign in unicodedata.normalize("NFD", text) if not unicodedata.combining(sign))
    return plain.replace("ł", "l").replace("ø", "o").replace("ı", "i")


def combined(text: str, between: str = " ") -> set[str]:
    """Every phrase that `have a good/nice day/evening all/- | …` stands for; `_` is a space, `-` nothing."""
    phrases = re.sub(r"\s+", " ", text).replace("/ ", "/").split("|")
    choices = ([words.split("/") for words in phrase.split()] for phrase in phrases)
    return {
        between.join(word.replace("_", " ") for word in words if word != "-")
        for each in choices
        for words in product(*each)
    }


def made_of(text: str, words: frozenset[str]) -> bool:
    """Is every word of this folded text one of these?"""
    return all(word in words for word in text.split())
