"""Word lists written as text: `one | two words | three`."""


def listed(text: str) -> tuple[str, ...]:
    return tuple(word for line in text.splitlines() for part in line.split("|") if (word := part.strip()))
