"""Word lists written as text: `one | two words | three`."""

import re
from itertools import product


def listed(text: str) -> tuple[str, ...]:
    return tuple(word for line in text.splitlines() for part in line.split("|") if (word := part.strip()))


def folded(text: str) -> str:
    """Text as the lists are written: without case, the Turkish İ included, and with straight apostrophes."""
    return text.casefold().replace("i\u0307", "i").replace("’", "'")


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
