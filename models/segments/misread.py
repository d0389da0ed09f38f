"""A text that is no segment: where it stops making sense, and what was expected there."""


class Misread(ValueError):
    """`at` counts characters from 0; `said` is half a sentence. In words: `Character 7: a number was expected.`"""

    def __init__(self, text: str, at: int, said: str):
        super().__init__(f"Character {at + 1:,}: {said}.")
        self.text, self.at, self.said = text, at, said

    @property
    def shown(self) -> str:
        """The line in question, and below it a caret under the place."""
        start = self.text.rfind("\n", 0, self.at) + 1
        line = self.text[start:].partition("\n")[0]
        first = max(0, self.at - start - 60)
        piece = line[first : first + 80].replace("\t", " ")
        return f"{piece}\n{' ' * (self.at - start - first)}^"
