"""Word lists written as text: `one | two words | three`."""


def listed(text: str) -> tuple[str, ...]:
    return tuple(word for line in text.splitlines() for part in line.split("|") if (word := part.strip()))


def folded(text: str) -> str:
    """Text as the lists are written: without case, the Turkish İ included, and with straight apostrophes."""
    return text.casefold().replace("i\u0307", "i").replace("’", "'")
