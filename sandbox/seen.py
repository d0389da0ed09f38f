"""Counting distinct values in little memory: a bit per number when values are numbers, a set for the rest."""

PAGE = 1 << 16


class Seen:
    def __init__(self) -> None:
        self.pages: dict[int, bytearray] = {}
        self.others: set[str] = set()
        self.count = 0

    def __len__(self) -> int:
        return self.count

    def add(self, value: str) -> None:
        new = self._mark(int(value)) if _is_plain_number(value) else self._keep(value)
        self.count += new

    def _mark(self, number: int) -> bool:
        page = self.pages.get(number // PAGE)
        if page is None:
            page = self.pages[number // PAGE] = bytearray(PAGE // 8)
        place, bit = number % PAGE // 8, 1 << number % 8
        new = not page[place] & bit
        page[place] |= bit
        return new

    def _keep(self, value: str) -> bool:
        new = value not in self.others
        self.others.add(value)
        return new


def _is_plain_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and value[0] != "0" and len(value) < 11
